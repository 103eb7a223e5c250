/**
 * The TLS provider over JSSE, which every JDK has. {@link dev.weir.tls.jsse.JsseEngine} drives an
 * {@code SSLEngine}; for a server it makes one only when the ClientHello is complete and its host
 * known, so half-open connections cost nothing. The key manager is our own: JSSE's decrypts its key
 * store on every handshake. The trust manager asks {@link dev.weir.tls.Trust}. JSSE cannot log keys
 * nor drive QUIC. Start reading at {@code JsseEngine}.
 */
@NullMarked
package dev.weir.tls.jsse;

import org.jspecify.annotations.NullMarked;

/**
 * What byte streams are built of, for those who write a carrier: a socket, TLS, one stream of many.
 *
 * <p>A stream has a {@link dev.weir.stream.spi.SendingPart} and a {@link
 * dev.weir.stream.spi.ReceivingPart}, each with its own end (the terms are those of RFC 9000 3).
 * {@link dev.weir.stream.spi.AbstractByteStream} joins the two to a handler and leads the stream to
 * its one close; start there. A carrier adds where bytes go to and come from. The parts hold a
 * buffer only while bytes wait: an idle stream is three small objects.
 */
@NullMarked
package dev.weir.stream.spi;

import org.jspecify.annotations.NullMarked;

package dev.weir.http.h2;

import dev.weir.http.Headers;
import dev.weir.http.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a client's request says before its body (RFC 9113 8.3.1).
 *
 * @param scheme empty for CONNECT
 * @param authority host and port
 * @param path path and query; empty for CONNECT
 * @param protocol what extended CONNECT asks for (RFC 8441 4), or {@code null}
 * @param fields the fields; those that belong to an HTTP/1.1 connection are left out
 */
public record Http2RequestHead(
    Method method,
    String scheme,
    String authority,
    String path,
    @Nullable String protocol,
    Headers fields) {}

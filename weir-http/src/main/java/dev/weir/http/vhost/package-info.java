/**
 * Which of several hosts on one port a request or a TLS handshake is for.
 *
 * <p>{@link dev.weir.http.vhost.VirtualHosts} is the whole API: it maps the names of hosts, exact
 * or with a wildcard, to whatever the caller keeps for each, and is asked with a Host field, an
 * {@code :authority} or an SNI name. {@code HostPattern} checks and normalises a name; {@code
 * NameTable} is a hash table that is read without making a string.
 */
@NullMarked
package dev.weir.http.vhost;

import org.jspecify.annotations.NullMarked;

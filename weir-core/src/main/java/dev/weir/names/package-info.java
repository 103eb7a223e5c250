/**
 * The names of hosts: how they are written, compared and found. No I/O, and no look-up in the DNS.
 *
 * <p>Start with {@link dev.weir.names.VirtualHosts}: it maps the names of the hosts that share a
 * port, exact or with a wildcard, to whatever a role keeps for each. A TLS acceptor asks it with
 * the name that the client sent (SNI), so any role over TLS can have virtual hosts; HTTP asks it
 * with the Host field too. {@code HostPattern} checks and normalises a name; {@code NameTable} is a
 * hash table that is read without making a string; {@link dev.weir.names.IpLiteral} knows addresses
 * where names could stand.
 */
@NullMarked
package dev.weir.names;

import org.jspecify.annotations.NullMarked;

/**
 * The two seams that every role and every carrier meets at.
 *
 * <p>Everything ordered is a {@link dev.weir.stream.ByteStream}, everything unordered is {@link
 * dev.weir.stream.Datagrams}. TLS, tunnels and upgrades are byte streams over byte streams; a
 * multiplexed protocol is one stream in and many out; so protocols compose without knowing each
 * other. Start with {@link dev.weir.stream.ByteStream}, then {@link dev.weir.stream.StreamHandler}.
 * Carriers are made by {@code dev.weir.net}.
 */
@NullMarked
package dev.weir.stream;

import org.jspecify.annotations.NullMarked;

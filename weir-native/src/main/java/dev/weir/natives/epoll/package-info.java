/**
 * The loop on Linux's epoll: the sockets are descriptors, and a connection is one small object.
 *
 * <p>{@link dev.weir.natives.epoll.EpollPoller} waits, {@link dev.weir.natives.epoll.EpollSocket}
 * is a descriptor with its watch, {@link dev.weir.natives.epoll.EpollSockets} opens and adopts,
 * {@link dev.weir.natives.epoll.SendBatch} sends what gathered in a turn. Not exported; found as
 * the loop named {@code epoll}.
 */
@NullMarked
package dev.weir.natives.epoll;

import org.jspecify.annotations.NullMarked;

/**
 * What is behind the page that {@code weir serve} shows: a drawing board that all visitors share,
 * and a feed of the server's live connections.
 *
 * <p>Start with {@link dev.weir.cli.page.Board}, then {@link dev.weir.cli.page.StatusFeed}. Neither
 * knows WebSockets: each member is a {@code Consumer<String>} that sends one text message. Both are
 * confined to the executor that they are given, a loop; their methods may be called from any
 * thread. The page itself (HTML, style, scripts) is in the resources of this package, and the
 * messages between the two are told in {@code PROTOCOL.md} there.
 */
@NullMarked
package dev.weir.cli.page;

import org.jspecify.annotations.NullMarked;

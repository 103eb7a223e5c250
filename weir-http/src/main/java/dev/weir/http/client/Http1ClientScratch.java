package dev.weir.http.client;

import dev.weir.http.fields.RecentStrings;
import dev.weir.http.h1.RequestEncoder;
import dev.weir.http.h1.ResponseHead;
import dev.weir.loop.Loop;
import java.util.ArrayDeque;

/**
 * What the HTTP/1.1 connections of one loop share: the encoder, and heads that are lent for the
 * time of a response, so that an idle connection has none.
 */
final class Http1ClientScratch {

  private static final int KEPT = 64;

  final RequestEncoder encoder = new RequestEncoder();
  private final RecentStrings recent = new RecentStrings();
  private final ArrayDeque<ResponseHead> free = new ArrayDeque<>();

  static Http1ClientScratch of(Loop loop) {
    return loop.local(Http1ClientScratch.class, Http1ClientScratch::new);
  }

  ResponseHead take() {
    ResponseHead head = free.poll();
    return head == null ? new ResponseHead(recent) : head;
  }

  /** Takes back a head that nobody refers to any more. */
  void give(ResponseHead head) {
    if (free.size() < KEPT) {
      head.clear();
      free.push(head);
    }
  }
}

package dev.weir.net;

import dev.weir.stream.ByteStream;
import java.nio.ByteBuffer;

/** Writes as much as is taken, in pieces, whenever there is room. */
class PieceWriter extends Recorder {
  final ByteBuffer rest;
  final int piece;

  PieceWriter(byte[] all, int piece) {
    this.rest = ByteBuffer.wrap(all);
    this.piece = piece;
  }

  @Override
  public void opened(ByteStream opened) {
    super.opened(opened);
    writable(opened);
  }

  @Override
  public void writable(ByteStream to) {
    while (rest.hasRemaining()) {
      ByteBuffer next = rest.slice(rest.position(), Math.min(piece, rest.remaining()));
      rest.position(rest.position() + to.write(next));
      if (next.hasRemaining()) {
        to.wantWritable();
        return;
      }
    }
    allWritten(to);
  }

  void allWritten(ByteStream to) {
    to.end();
  }
}

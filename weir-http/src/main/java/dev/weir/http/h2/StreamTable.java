package dev.weir.http.h2;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a connection that are not closed, by their identifiers: open addressing with
 * linear probing, so that no entry costs an object. A table without streams holds next to no
 * memory.
 */
final class StreamTable {
  private static final @Nullable Http2Stream[] EMPTY = new @Nullable Http2Stream[1];
  private static final int LEAST = 8;

  private @Nullable Http2Stream[] slots = EMPTY;
  private int size;

  int size() {
    return size;
  }

  @Nullable Http2Stream get(int id) {
    int mask = slots.length - 1;
    for (int slot = slot(id, mask); ; slot = (slot + 1) & mask) {
      var found = slots[slot];
      if (found == null || found.id() == id) {
        return found;
      }
    }
  }

  /** Adds a stream whose identifier is not there. */
  void add(Http2Stream stream) {
    if ((size + 1) * 4 > slots.length * 3) {
      rehash(Math.max(LEAST, slots.length * 2));
    }
    size++;
    place(stream);
  }

  private void place(Http2Stream stream) {
    int mask = slots.length - 1;
    int slot = slot(stream.id(), mask);
    while (slots[slot] != null) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = stream;
  }

  private void rehash(int capacity) {
    var old = slots;
    slots = new @Nullable Http2Stream[capacity];
    for (var stream : old) {
      if (stream != null) {
        place(stream);
      }
    }
  }

  /** Removes a stream that is there, and closes the gap that its slot would be. */
  void remove(int id) {
    int mask = slots.length - 1;
    int gap = slot(id, mask);
    for (Http2Stream at; (at = slots[gap]) == null || at.id() != id; gap = (gap + 1) & mask) {
      if (at == null) {
        return;
      }
    }
    size--;
    if (size == 0 && slots.length > LEAST) {
      slots = EMPTY;
      return;
    }
    Http2Stream next;
    for (int slot = (gap + 1) & mask; (next = slots[slot]) != null; slot = (slot + 1) & mask) {
      int home = slot(next.id(), mask);
      if (((slot - home) & mask) >= ((slot - gap) & mask)) {
        slots[gap] = next;
        gap = slot;
      }
    }
    slots[gap] = null;
  }

  /** Identifiers of one side are all odd or all even. */
  private static int slot(int id, int mask) {
    return (id >>> 1) & mask;
  }

  /** Hands over every stream; the table may be changed meanwhile, which the call does not see. */
  void forEach(Consumer<Http2Stream> action) {
    if (size == 0) {
      return;
    }
    var all = Arrays.copyOf(slots, slots.length);
    for (var stream : all) {
      if (stream != null) {
        action.accept(stream);
      }
    }
  }
}

package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.weir.http.HeaderName;
import dev.weir.http.Headers;
import dev.weir.http.fields.RecentStrings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the heads of messages cost in heap, on a connection that has seen their like. */
class AllocationTest {
  private static final int MESSAGES = 20_000;
  private static final int ROUNDS = 20;

  private final StringLiterals literals = new StringLiterals(new RecentStrings());
  private final HpackDecoder decoder = new HpackDecoder(literals);
  private final HpackEncoder encoder = new HpackEncoder();
  private final ByteBuffer block = ByteBuffer.allocateDirect(4096);
  private final Lines sink = this::count;
  private int lines;
  private int messages;

  /** The best of many rounds: the virtual machine allocates now and then for itself. */
  private static long bytesPerMessage(Runnable message) {
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < MESSAGES / ROUNDS; i++) {
        message.run();
      }
      best = Math.min(best, thread.getCurrentThreadAllocatedBytes() - before);
    }
    return best / (MESSAGES / ROUNDS);
  }

  private void count(LineName name, String value, boolean wellFormed, boolean neverIndexed) {
    if (wellFormed && !name.isMalformed() && !neverIndexed) {
      lines++;
    }
  }

  private void fields(Headers fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (!encoder.encode(block, fields.name(i), fields.value(i), false)) {
        throw new IllegalStateException("no room");
      }
    }
  }

  private void message(Headers fields, LineName[] names, String... values) {
    if (!encoder.begin(block.clear())) {
      throw new IllegalStateException("no room");
    }
    for (int i = 0; i < names.length; i++) {
      if (!encoder.encode(block, names[i], values[i])) {
        throw new IllegalStateException("no room");
      }
    }
    fields(fields);
    decoder.decode(block.flip(), 65_536, sink);
    messages++;
  }

  @Test
  void isNothingForARequest() {
    var fields =
        Headers.of(
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language", "en-US,en;q=0.5",
            "Accept-Encoding", "gzip, deflate, br, zstd",
            "Cookie", "session=0123456789abcdef0123456789abcdef",
            "X-Own", "own");
    LineName[] names = {LineName.METHOD, LineName.SCHEME, LineName.AUTHORITY, LineName.PATH};
    String[] values = {"GET", "https", "example.org:8443", "/path/of/it?query"};
    assertThat(bytesPerMessage(() -> message(fields, names, values))).isZero();
    assertThat(lines).isEqualTo(messages * (fields.size() + names.length));
    assertThat(block.limit()).isEqualTo(fields.size() + names.length);
  }

  @Test
  void isNothingForAResponse() {
    var fields =
        Headers.of(
            "Content-Type", "text/plain; charset=utf-8",
            "Content-Length", "13",
            "Date", "Mon, 21 Oct 2013 20:13:22 GMT",
            "Server", "weir");
    LineName[] names = {LineName.STATUS};
    String[] values = {"200"};
    assertThat(bytesPerMessage(() -> message(fields, names, values))).isZero();
    assertThat(block.limit()).isEqualTo(fields.size() + names.length);
  }

  /** What the peer sends as literals every time is made once for a loop. */
  @Test
  void isNothingForLiterals() {
    var out = ByteBuffer.allocate(1000);
    var plain = new HpackEncoder(0);
    assertThat(plain.begin(out)).isTrue();
    assertThat(plain.encode(out, LineName.PATH, "/path/of/it?query")).isTrue();
    assertThat(plain.encode(out, HeaderName.COOKIE, "session=0123456789abcdef0123", false))
        .isTrue();
    assertThat(plain.encode(out, HeaderName.of("X-Own"), "\u00e4", false)).isTrue();
    int length = out.position();
    assertThat(bytesPerMessage(() -> decoder.decode(out.position(0).limit(length), 1000, sink)))
        .isZero();
  }

  /** A connection that has sent and received nothing yet. */
  @Test
  void isLittleForANewConnection() {
    var thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var decoders = new HpackDecoder[100];
    var encoders = new HpackEncoder[100];
    long before = thread.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 100; i++) {
      decoders[i] = new HpackDecoder(literals);
      encoders[i] = new HpackEncoder();
    }
    long each = (thread.getCurrentThreadAllocatedBytes() - before) / 100;
    assertThat(decoders).doesNotContainNull();
    assertThat(encoders).doesNotContainNull();
    assertThat(each).isLessThan(256);
  }
}

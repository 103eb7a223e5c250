package dev.weir.websocket.session;

import static dev.weir.websocket.session.Frame.binary;
import static dev.weir.websocket.session.Frame.close;
import static dev.weir.websocket.session.Frame.more;
import static dev.weir.websocket.session.Frame.ping;
import static dev.weir.websocket.session.Frame.pong;
import static dev.weir.websocket.session.Frame.text;
import static dev.weir.websocket.session.Frame.withOpcode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The case list: what a peer sends and the strict outcome, whatever carries it. Sections 12 and 13
 * are {@link CompressedCases}.
 */
public final class ConformanceCases {

  private static final String GREETING = "Weir says hello";
  private static final byte[] OCTETS = HexFormat.of().parseHex("00fffefdfcfb00ff");

  private final List<ConformanceCase> cases = new ArrayList<>();

  private ConformanceCases() {}

  /** All that are small. */
  public static List<ConformanceCase> small() {
    var all = new ConformanceCases();
    all.framing();
    all.pingsAndPongs();
    all.reservedBits();
    all.reservedOpcodes();
    all.fragmentation();
    all.utf8();
    all.utf8FailsFast();
    all.utf8Sequences();
    all.closing();
    all.closeCodes();
    all.autoFragmentation();
    return all.cases;
  }

  /** Those of section 9, with messages of up to so many bytes. */
  public static List<ConformanceCase> large(int limit) {
    var all = new ConformanceCases();
    all.largeMessages(limit);
    return all.cases;
  }

  private ConformanceCase c(String id) {
    var next = new ConformanceCase(id);
    cases.add(next);
    return next;
  }

  private void echo(String id, Frame message) {
    c(id).send(message).answer(message).byNow().thenCloses();
  }

  private void framing() {
    int[] lengths = {0, 125, 126, 127, 128, 65535, 65536, 65536};
    for (int i = 0; i < lengths.length; i++) {
      echo("1.1." + (i + 1), text("*".repeat(lengths[i])));
      echo("1.2." + (i + 1), binary(filled(lengths[i], 0xFE)));
    }
  }

  private void pingsAndPongs() {
    c("2.1").send(ping("")).answer(pong("")).byNow().thenCloses();
    c("2.2").send(ping(GREETING)).answer(pong(GREETING)).byNow().thenCloses();
    var octets = new Frame(true, 0, 9, OCTETS);
    c("2.3").send(octets).answer(new Frame(true, 0, 10, OCTETS)).byNow().thenCloses();
    for (String id : List.of("2.4", "2.6")) {
      byte[] most = filled(125, 0xFE);
      c(id)
          .send(new Frame(true, 0, 9, most))
          .answer(new Frame(true, 0, 10, most))
          .byNow()
          .thenCloses();
    }
    c("2.5").send(new Frame(true, 0, 9, filled(126, 0xFE))).fails(1002);
    c("2.7").send(pong("")).byNow().thenCloses();
    c("2.8").send(pong("nobody asked")).byNow().thenCloses();
    c("2.9").send(pong("nobody asked"), ping("but now")).answer(pong("but now")).thenCloses();
    for (String id : List.of("2.10", "2.11")) {
      ConformanceCase ten = c(id);
      for (int i = 0; i < 10; i++) {
        ten.send(ping("number " + i)).answer(pong("number " + i));
      }
      ten.byNow().thenCloses();
    }
  }

  private void reservedBits() {
    Frame hello = text(GREETING);
    c("3.1").send(hello.withRsv(1)).fails(1002);
    c("3.2").send(hello, hello.withRsv(2), ping("")).answer(hello).fails(1002);
    c("3.3").send(hello).answer(hello).byNow().send(hello.withRsv(3), ping("")).fails(1002);
    c("3.4").send(hello, hello.withRsv(4), ping("")).answer(hello).fails(1002);
    c("3.5").send(binary(OCTETS).withRsv(5)).fails(1002);
    c("3.6").send(ping(GREETING).withRsv(6)).fails(1002);
    c("3.7").send(close().withRsv(7)).fails(1002);
  }

  private void reservedOpcodes() {
    Frame hello = text(GREETING);
    for (int sub = 1; sub <= 2; sub++) {
      int base = sub == 1 ? 2 : 10;
      String section = "4." + sub + ".";
      c(section + 1).send(withOpcode(base + 1, "")).fails(1002);
      c(section + 2).send(withOpcode(base + 2, "reserved")).fails(1002);
      c(section + 3).send(hello, withOpcode(base + 3, ""), ping("")).answer(hello).fails(1002);
      c(section + 4)
          .send(hello, withOpcode(base + 4, GREETING), ping(""))
          .answer(hello)
          .fails(1002);
      c(section + 5)
          .send(hello, withOpcode(base + 5, GREETING), ping(""))
          .answer(hello)
          .fails(1002);
    }
  }

  private void fragmentation() {
    Frame one = text("one ").unfinished();
    Frame two = more("two ").unfinished();
    Frame end = more("end");
    c("5.1").send(ping("half a ping").unfinished(), end).fails(1002);
    c("5.2").send(pong("half a pong").unfinished(), end).fails(1002);
    c("5.3").send(one, end).answer(text("one end")).thenCloses();
    c("5.4").send(one).byNow().send(end).answer(text("one end")).byNow().thenCloses();
    c("5.5").send(one, end).answer(text("one end")).byNow().thenCloses();
    c("5.6").send(one, ping("p"), end).answer(pong("p"), text("one end")).thenCloses();
    c("5.7")
        .send(one)
        .byNow()
        .send(ping("p"))
        .answer(pong("p"))
        .byNow()
        .send(end)
        .answer(text("one end"))
        .byNow()
        .thenCloses();
    c("5.8").send(one, ping("p"), end).answer(pong("p"), text("one end")).byNow().thenCloses();
    for (int id = 9; id <= 14; id++) {
      Frame stray = id < 12 ? more("stray") : more("stray").unfinished();
      if (id == 10 || id == 13) {
        c("5." + id).send(stray).fails(1002).send(text(GREETING)).byNow();
      } else {
        c("5." + id).send(stray, text(GREETING)).fails(1002);
      }
    }
    c("5.15").send(one, end, two, text(GREETING)).answer(text("one end")).fails(1002);
    c("5.16").send(two, one, end, two, one, end).fails(1002);
    c("5.17").send(end, one, end, end, one, end).fails(1002);
    c("5.18").send(one, text("not a continuation")).fails(1002);
    for (String id : List.of("5.19", "5.20")) {
      c(id)
          .send(one, two, ping("first"))
          .answer(pong("first"))
          .byNow()
          .send(two, two, ping("second"), end)
          .answer(pong("second"), text("one two two two end"))
          .byNow()
          .thenCloses();
    }
  }

  private void utf8() {
    echo("6.1.1", text(""));
    c("6.1.2")
        .send(text("").unfinished(), more("").unfinished(), more(""))
        .answer(text(""))
        .thenCloses();
    c("6.1.3")
        .send(text("").unfinished(), more("middle").unfinished(), more(""))
        .answer(text("middle"))
        .thenCloses();
    String mixed = "Grüße: µ@ßöäüàá €!";
    echo("6.2.1", text(mixed));
    c("6.2.2")
        .send(text(mixed.substring(0, 9)).unfinished(), more(mixed.substring(9)))
        .answer(text(mixed))
        .thenCloses();
    c("6.2.3").send(text(mixed).cut(1)).answer(text(mixed)).thenCloses();
    c("6.2.4").send(text("κόσμε").cut(1)).answer(text("κόσμε")).thenCloses();
    byte[] surrogate = octets("ceba e1bdb9 cf83 cebc ceb5 eda080 656469746564");
    c("6.3.1").send(text(surrogate)).fails(1007);
    c("6.3.2").send(text(surrogate).cut(1)).fails(1007);
  }

  private void utf8FailsFast() {
    byte[] tooHigh = octets("ceba e1bdb9 cf83 cebc ceb5 f4908080 656469746564");
    byte[] start = Arrays.copyOf(tooHigh, 11);
    byte[] wrong = Arrays.copyOfRange(tooHigh, 11, 15);
    c("6.4.1").send(text(start).unfinished()).byNow().send(more(wrong).unfinished()).fails(1007);
    c("6.4.2")
        .send(text(Arrays.copyOf(tooHigh, 12)).unfinished())
        .byNow()
        .send(more(Arrays.copyOfRange(tooHigh, 12, 13)).unfinished())
        .fails(1007);
    Frame whole = text(tooHigh);
    c("6.4.3").part(whole, 0, 11).part(whole, 11, 15, close(1007));
    c("6.4.4").part(whole, 0, 12).part(whole, 12, 13, close(1007));
  }

  private void utf8Sequences() {
    Utf8Sequences.bySection()
        .forEach((section, sequences) -> {
          int number = 1;
          for (Utf8Sequences.Sequence sequence : sequences) {
            String id = "6." + section + "." + number++;
            if (sequence.valid()) {
              echo(id, text(sequence.bytes()));
            } else {
              c(id).send(text(sequence.bytes())).fails(1007);
            }
          }
        });
  }

  private void closing() {
    Frame bye = close(1000);
    c("7.1.1").send(text(GREETING)).answer(text(GREETING)).byNow().thenCloses();
    c("7.1.2").send(bye, close()).answer(bye).byNow();
    c("7.1.3").send(bye, ping("")).answer(bye).byNow();
    c("7.1.4").send(bye, text(GREETING)).answer(bye).byNow();
    c("7.1.5").send(text("one").unfinished(), bye, more("end")).answer(bye).byNow();
    Frame long1 = text("BAsd7&jh23".repeat(26215).substring(0, 262144));
    c("7.1.6")
        .send(long1, text(GREETING))
        .answer(long1, text(GREETING))
        .byNow()
        .send(bye, ping(""))
        .answer(bye)
        .byNow();
    c("7.3.1").send(close()).answer(close()).byNow();
    c("7.3.2").send(new Frame(true, 0, 8, new byte[] {'a'})).fails(1002);
    c("7.3.3").send(bye).answer(bye).byNow();
    c("7.3.4").send(close(1000, octets("476f6f64"))).answer(bye).byNow();
    c("7.3.5").send(close(1000, filled(123, '*'))).answer(bye).byNow();
    c("7.3.6").send(close(1000, filled(124, '*'))).fails(1002);
    c("7.5.1")
        .send(close(1000, octets("ceba e1bdb9 cf83 cebc ceb5 eda080 656469746564")))
        .fails(1007);
  }

  private void closeCodes() {
    int[] good = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999};
    for (int i = 0; i < good.length; i++) {
      c("7.7." + (i + 1)).send(close(good[i])).answer(close(good[i])).byNow();
    }
    int[] bad = {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999};
    for (int i = 0; i < bad.length; i++) {
      c("7.9." + (i + 1)).send(close(bad[i])).fails(1002);
    }
    c("7.13.1").send(close(5000)).fails(1002);
    c("7.13.2").send(close(65535)).fails(1002);
  }

  private void autoFragmentation() {
    Frame message = text("*".repeat(65536));
    c("10.1.1").send(message.cut(1300)).answer(message).byNow().thenCloses();
  }

  private void largeMessages(int limit) {
    int[] sizes = {64 << 10, 256 << 10, 1 << 20, 4 << 20, 8 << 20, 16 << 20};
    for (int i = 0; i < sizes.length; i++) {
      int size = Math.min(sizes[i], limit);
      echo("9.1." + (i + 1), text(pattern("BAsd7&jh23", size)));
      echo("9.2." + (i + 1), binary(pattern("\0\u00fe#\u00fa\u00f0", size)));
    }
    int fragmented = Math.min(4 << 20, limit);
    for (int i = 0; i < 9; i++) {
      int fragment = Math.min(64 << (2 * i), 4 << 20);
      Frame text = text("*".repeat(fragmented));
      c("9.3." + (i + 1)).send(text.cut(fragment)).answer(text).byNow().thenCloses();
      Frame binary = binary(filled(fragmented, 0xFE));
      c("9.4." + (i + 1)).send(binary.cut(fragment)).answer(binary).byNow().thenCloses();
    }
    int[] lengths = {0, 16, 64, 256, 1024, 4096};
    for (int i = 0; i < lengths.length; i++) {
      thousand("9.7." + (i + 1), text("*".repeat(lengths[i])), limit);
      thousand("9.8." + (i + 1), binary(filled(lengths[i], 0xFE)), limit);
    }
  }

  private void thousand(String id, Frame message, int limit) {
    ConformanceCase next = c(id);
    for (int i = Math.min(1000, limit >> 12); i > 0; i--) {
      next.send(message).answer(message);
    }
    next.byNow().thenCloses();
  }

  private static byte[] octets(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static byte[] filled(int length, int octet) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  private static byte[] pattern(String unit, int length) {
    byte[] once = unit.getBytes(StandardCharsets.ISO_8859_1);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = once[i % once.length];
    }
    return bytes;
  }
}

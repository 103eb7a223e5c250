package dev.weir.websocket.extension;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.weir.websocket.DeflateSettings;
import dev.weir.websocket.deflate.DeflateNegotiation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the field: refused, or read as what it is, and an answer that a client would take. */
final class ExtensionParserFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(
            "permessage-deflate; client_max_window_bits",
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=\"1\\0\"",
            "foo; a=1; a, ,bar;b=\"c\"",
            "permessage-deflate; client_max_window_bits=8, permessage-deflate")
        .map(s -> s.getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest
  void readsOrRefuses(byte[] field) {
    List<Extension> extensions;
    try {
      extensions = ExtensionParser.parse(List.of(new String(field, StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      return;
    }
    String written = String.join(", ", extensions.stream().map(Extension::toString).toList());
    if (!extensions.equals(ExtensionParser.parse(List.of(written)))) {
      throw new AssertionError("reads otherwise when written again: " + written);
    }
    var accepted = DeflateNegotiation.accept(extensions, DeflateSettings.SERVER);
    if (accepted != null) {
      String answer = accepted.response().toString();
      var read = ExtensionParser.parse(List.of(answer)).getFirst();
      if (!accepted.parameters().equals(DeflateNegotiation.agree(read, DeflateSettings.CLIENT))) {
        throw new AssertionError("a client reads otherwise: " + answer);
      }
    }
  }
}

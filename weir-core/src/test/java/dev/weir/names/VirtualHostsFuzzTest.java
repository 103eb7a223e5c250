package dev.weir.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text is looked up, and a pattern that was taken finds itself. */
class VirtualHostsFuzzTest {
  private static final VirtualHosts<String> HOSTS = VirtualHostsTest.hosts();

  @FuzzTest
  void findsSomethingForAnyText(byte[] data) {
    String text = new String(data, StandardCharsets.ISO_8859_1);
    assertNotNull(HOSTS.find(text));
    HostPattern pattern;
    try {
      pattern = HostPattern.parse(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertEquals(pattern, HostPattern.parse((pattern.wildcard() ? "*." : "") + pattern.name()));
    var only = new VirtualHosts<String>().add(text, "it");
    assertEquals("it", only.find(pattern.wildcard() ? "x." + pattern.name() : text));
  }
}

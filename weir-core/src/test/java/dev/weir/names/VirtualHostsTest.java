package dev.weir.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualHostsTest {
  static VirtualHosts<String> hosts() {
    var hosts = new VirtualHosts<String>().setDefault("default");
    for (String pattern :
        new String[] {
          "example.com",
          "www.example.com",
          "*.example.com",
          "*.deep.example.com",
          "localhost",
          "127.0.0.1",
          "[::1]",
          "[2001:db8::2]",
          "xn--bcher-kva.example",
          "under_score.example",
          "*.org",
        }) {
      hosts.add(pattern, pattern);
    }
    return hosts;
  }

  @ParameterizedTest
  @CsvSource({
    // exact before wildcard, the longer wildcard before the shorter
    "example.com, example.com",
    "www.example.com, www.example.com",
    "api.example.com, *.example.com",
    "a.b.example.com, *.example.com",
    "deep.example.com, *.example.com",
    "a.deep.example.com, *.deep.example.com",
    "a.b.deep.example.com, *.deep.example.com",
    "anything.org, *.org",
    "a.b.c.d.org, *.org",
    "org, default",
    // labels are whole
    "myexample.com, default",
    "notdeep.example.com, *.example.com",
    "example.com.evil, default",
    "com, default",
    // case, dot at the end
    "EXAMPLE.COM, example.com",
    "Www.Example.Com, www.example.com",
    "API.EXAMPLE.COM, *.example.com",
    "example.com., example.com",
    // addresses
    "127.0.0.1, 127.0.0.1",
    "127.0.0.2, default",
    "[::1], [::1]",
    "[0:0:0:0:0:0:0:1], [::1]",
    "[2001:DB8:0::2], [2001:db8::2]",
    "[::2], default",
    // others
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "XN--BCHER-KVA.example, xn--bcher-kva.example",
    "under_score.example, under_score.example",
    "unknown, default",
    // no names at all
    "'', default",
    "., default",
    ":, default",
    ":80, default",
    ".example.com, default",
    "..example.com, *.example.com",
    "*.example.com, *.example.com",
    "[, default",
    "[], default",
    "[::1, default",
    "[::1%25eth0], default",
    "bücher.example, default",
    "' example.com', default",
    // a port is none of a name
    "example.com:80, default",
    "[::1]:80, default",
  })
  void findsTheMostSpecific(String authority, String expected) {
    assertEquals(expected, hosts().find(authority));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com:8443, 11, example.com",
    "example.com.:443, 12, example.com",
    "x.example.com.:443, 14, *.example.com",
    "[::1]:8443, 5, [::1]",
    "[::1]:8443, 4, default",
    "[::1]:8443, 1, default",
    "[::1, 0, default",
    "example.com, 0, default",
  })
  void findsTheNameThatBeginsAText(String text, int end, String expected) {
    assertEquals(expected, hosts().find(text, end));
  }

  @Test
  void withoutDefaultFindsNothing() {
    var hosts = new VirtualHosts<String>().add("example.com", "x");
    assertNull(hosts.find("other"));
    assertNull(hosts.find(null));
    assertEquals("x", hosts.find("example.com"));
    assertEquals("d", hosts.setDefault("d").find(null));
    assertNull(hosts.setDefault(null).find(null));
  }

  @Test
  void addsAndRemoves() {
    var hosts = new VirtualHosts<String>();
    hosts.add("a.example", "a").add("*.example", "any");
    assertEquals("a", hosts.find("a.example"));
    assertTrue(hosts.remove("A.EXAMPLE."));
    assertEquals("any", hosts.find("a.example"));
    assertFalse(hosts.remove("a.example"));
    assertTrue(hosts.remove("*.example"));
    assertNull(hosts.find("a.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.example", "A.Example", "a.example."})
  void refusesTheSameHostTwice(String again) {
    var hosts = new VirtualHosts<String>().add("a.example", "a");
    assertThrows(IllegalArgumentException.class, () -> hosts.add(again, "b"));
    assertEquals("a", hosts.find("a.example"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "*",
        "*.",
        "a..b",
        ".a",
        "-a.example",
        "a-.example",
        "a.example:80",
        "a b",
        "a/b",
        "bücher.example",
        "www.*.com",
        "*example.com",
        "**.example.com",
        "::1",
        "[::1",
        "[1.2.3.4]",
        "[::1]:80",
        "*.127.0.0.1",
        "*.[::1]",
        "[fe80::1%eth0]",
        "user@a.example"
      })
  void refusesWhatIsNoName(String pattern) {
    assertThrows(
        IllegalArgumentException.class, () -> new VirtualHosts<String>().add(pattern, "x"));
  }

  @Test
  void refusesLabelsAndNamesThatAreTooLong() {
    var hosts = new VirtualHosts<String>();
    hosts.add("a".repeat(63) + ".example", "x");
    assertThrows(IllegalArgumentException.class, () -> hosts.add("a".repeat(64) + ".example", "x"));
    String longest = ("a".repeat(49) + ".").repeat(5) + "abc";
    assertEquals(HostPattern.MAX_NAME, longest.length());
    hosts.add(longest, "x");
    assertThrows(IllegalArgumentException.class, () -> hosts.add(longest + "d", "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "API.Example.com", "unknown.", "127.0.0.1"})
  void allocatesNothing(String authority) {
    var hosts = hosts();
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    // The best round counts: the first loads classes, and the compiler may come in at any time.
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        hosts.find(authority);
      }
      allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(allocated < 1000, allocated + " bytes in 1000 lookups");
  }

  @Test
  void findsAmongThousands() {
    var hosts = new VirtualHosts<Integer>();
    for (int i = 0; i < 2000; i++) {
      hosts.add("host" + i + ".example", i);
    }
    for (int i = 0; i < 2000; i++) {
      assertEquals(i, hosts.find("HOST" + i + ".EXAMPLE"));
    }
    assertNull(hosts.find("host2000.example"));
  }

  @Test
  void isChangedWhileItIsRead() throws InterruptedException {
    var hosts = new VirtualHosts<String>().add("stays.example", "stays");
    var started = new CountDownLatch(1);
    var wrong = new ArrayList<@Nullable String>();
    var reader =
        Thread.ofPlatform()
            .start(() -> {
              started.countDown();
              while (!Thread.currentThread().isInterrupted()) {
                String found = hosts.find("stays.example");
                if (!"stays".equals(found)) {
                  wrong.add(found);
                }
              }
            });
    started.await();
    for (int i = 0; i < 2000; i++) {
      hosts.add("comes-and-goes.example", "x");
      hosts.remove("comes-and-goes.example");
    }
    reader.interrupt();
    reader.join();
    assertEquals(0, wrong.size());
  }
}

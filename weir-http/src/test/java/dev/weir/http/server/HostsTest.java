package dev.weir.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "example.com:8443, example.com",
    "example.com:, example.com",
    "example.com.:443, example.com.",
    "127.0.0.1:80, 127.0.0.1",
    "[::1], [::1]",
    "[::1]:8443, [::1]",
    "[::1, ''",
    "[, ''",
    ":80, ''",
    ":, ''",
    "'', ''",
  })
  void thePortIsNoPartOfTheHost(String authority, String host) {
    assertEquals(host, authority.substring(0, Hosts.endOfHost(authority)));
  }
}

package dev.weir.http.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticTableTest {
  /** RFC 7541 Appendix A, from its beginning, its end and between. */
  @ParameterizedTest
  @CsvSource({
    "1, :authority, ''",
    "2, :method, GET",
    "3, :method, POST",
    "4, :path, /",
    "5, :path, /index.html",
    "6, :scheme, http",
    "7, :scheme, https",
    "8, :status, 200",
    "14, :status, 500",
    "15, accept-charset, ''",
    "16, accept-encoding, 'gzip, deflate'",
    "17, accept-language, ''",
    "19, accept, ''",
    "20, access-control-allow-origin, ''",
    "23, authorization, ''",
    "28, content-length, ''",
    "32, cookie, ''",
    "33, date, ''",
    "38, host, ''",
    "49, proxy-authorization, ''",
    "52, refresh, ''",
    "55, set-cookie, ''",
    "58, user-agent, ''",
    "61, www-authenticate, ''",
  })
  void isThatOfTheRfc(int index, String name, String value) {
    assertThat(StaticTable.name(index).text()).isEqualTo(name);
    assertThat(StaticTable.value(index)).isEqualTo(value);
  }

  @Test
  void isFound() {
    for (int index = 1; index <= StaticTable.SIZE; index++) {
      var name = StaticTable.name(index);
      assertThat(name.isMalformed()).isFalse();
      int first = StaticTable.find(name.text());
      assertThat(first).isBetween(1, index);
      assertThat(StaticTable.find(first, StaticTable.value(index))).isEqualTo(index);
      assertThat(StaticTable.find(first, "none of them")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"x-own", ":protocol", "Accept", "''", "sec-fetch-mode"})
  void doesNotHave(String name) {
    assertThat(StaticTable.find(name)).isZero();
  }

  @Test
  void knowsWhatIsSecret() {
    assertThat(StaticTable.AUTHORIZATION).isEqualTo(23);
    assertThat(StaticTable.COOKIE).isEqualTo(32);
    assertThat(StaticTable.PROXY_AUTHORIZATION).isEqualTo(49);
    assertThat(StaticTable.SET_COOKIE).isEqualTo(55);
  }
}

package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryListingTest {
  private static final Instant TIME = Instant.parse("2026-11-01T12:00:00.123Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          plain.txt                  | <a href="./plain.txt">plain.txt</a>
          a b                        | <a href="./a%20b">a b</a>
          <script>alert(1)</script>  | <a href="./%3Cscript%3Ealert%281%29%3C%2Fscript%3E">&lt;script&gt;alert(1)&lt;/script&gt;</a>
          "><img src=x>              | <a href="./%22%3E%3Cimg%20src%3Dx%3E">&quot;&gt;&lt;img src=x&gt;</a>
          it's                       | <a href="./it%27s">it&#39;s</a>
          a&amp;b                    | <a href="./a%26amp%3Bb">a&amp;amp;b</a>
          javascript:alert(1)        | <a href="./javascript%3Aalert%281%29">javascript:alert(1)</a>
          100%25                     | <a href="./100%2525">100%25</a>
          q?x#y                      | <a href="./q%3Fx%23y">q?x#y</a>
          café                       | <a href="./caf%C3%A9">café</a>
          😀                         | <a href="./%F0%9F%98%80">😀</a>
          """)
  void escapesNames(String name, String link) {
    String page =
        DirectoryListing.page("/d/", List.of(new Finding.Entry(name, false, 5, TIME)), false);
    assertTrue(page.contains(link), page);
  }

  @Test
  void escapesThePath() {
    String page = DirectoryListing.page("/<b>&\"/", List.of(), false);
    assertTrue(page.contains("<title>/&lt;b&gt;&amp;&quot;/</title>"), page);
    assertFalse(page.contains("<b>"), page);
  }

  @Test
  void showsWhatThereIs() {
    assertEquals(
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>/d/</title></head>
        <body><h1>/d/</h1>
        <table>
        <tr><td><a href="../">../</a></td><td></td><td></td></tr>
        <tr><td><a href="./sub/">sub/</a></td><td></td><td>2026-11-01T12:00:00Z</td></tr>
        <tr><td><a href="./f">f</a></td><td>5</td><td>2026-11-01T12:00:00Z</td></tr>
        </table>
        <p>Only the first 2 names are shown.</p>
        </body></html>
        """,
        DirectoryListing.page(
            "/d/",
            List.of(
                new Finding.Entry("sub", true, 4096, TIME), new Finding.Entry("f", false, 5, TIME)),
            true));
  }

  @Test
  void rootHasNoParent() {
    assertFalse(DirectoryListing.page("/", List.of(), false).contains("../"));
  }
}

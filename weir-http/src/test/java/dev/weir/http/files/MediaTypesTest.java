package dev.weir.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          index.html          | text/html; charset=utf-8
          INDEX.HTML          | text/html; charset=utf-8
          a/b.c/index.htm     | text/html; charset=utf-8
          style.css           | text/css; charset=utf-8
          app.js              | text/javascript; charset=utf-8
          app.min.mjs         | text/javascript; charset=utf-8
          notes.txt           | text/plain; charset=utf-8
          README.md           | text/markdown; charset=utf-8
          table.csv           | text/csv; charset=utf-8
          table.tsv           | text/tab-separated-values; charset=utf-8
          data.json           | application/json
          app.js.map          | application/json
          site.webmanifest    | application/manifest+json
          code.wasm           | application/wasm
          paper.pdf           | application/pdf
          logo.svg            | image/svg+xml
          logo.png            | image/png
          photo.jpg           | image/jpeg
          photo.jpeg          | image/jpeg
          photo.webp          | image/webp
          photo.avif          | image/avif
          favicon.ico         | image/x-icon
          font.woff2          | font/woff2
          song.mp3            | audio/mpeg
          film.mp4            | video/mp4
          film.webm           | video/webm
          archive.tar.gz      | application/gzip
          archive.zst         | application/zstd
          letter.docx         | application/vnd.openxmlformats-officedocument.wordprocessingml.document
          no-extension        | application/octet-stream
          dir.html/file       | application/octet-stream
          ends.               | application/octet-stream
          what.unheardof      | application/octet-stream
          ''                  | application/octet-stream
          """)
  void namesTheTypeByTheExtension(String name, String type) {
    assertEquals(type, MediaTypes.standard().of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "css", "js", "txt", "md", "csv", "xml", "vtt", "java", "sh"})
  void givesTextItsCharset(String extension) {
    String type = MediaTypes.standard().of("x." + extension);
    assertEquals("text/", type.substring(0, 5));
    assertEquals("; charset=utf-8", type.substring(type.indexOf(';')));
  }

  @Test
  void takesAdditionsWithoutChangingTheTableTheyStartedFrom() {
    var types =
        MediaTypes.standard().with("WEIR", "application/x-weir").with("html", "text/x-mine");
    assertEquals("application/x-weir", types.of("a.weir"));
    assertEquals("text/x-mine", types.of("a.html"));
    assertEquals("text/css; charset=utf-8", types.of("a.css"));
    assertEquals("application/octet-stream", MediaTypes.standard().of("a.weir"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".html", "tar.gz", "a/b"})
  void refusesWhatIsNoExtension(String extension) {
    assertThrows(
        IllegalArgumentException.class,
        () -> MediaTypes.standard().with(extension, "application/x-weir"));
  }
}

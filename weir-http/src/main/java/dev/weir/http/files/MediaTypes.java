package dev.weir.http.files;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Names the media type of a file by the extension of its name (RFC 9110 8.3). Text types carry
 * {@code charset=utf-8}, because without it a browser guesses. Immutable.
 */
final class MediaTypes {
  /** What is said of a file about which nothing is known (RFC 9110 8.3). */
  static final String UNKNOWN = "application/octet-stream";

  private static final String TABLE =
      """
      text/html; charset=utf-8                html htm shtml
      text/css; charset=utf-8                 css
      text/javascript; charset=utf-8          js mjs cjs
      text/plain; charset=utf-8               txt text log conf ini properties asc diff patch
      text/markdown; charset=utf-8            md markdown
      text/csv; charset=utf-8                 csv
      text/tab-separated-values; charset=utf-8 tsv
      text/calendar; charset=utf-8            ics
      text/vcard; charset=utf-8               vcf
      text/vtt; charset=utf-8                 vtt
      text/xml; charset=utf-8                 xml xsl xsd
      text/x-java-source; charset=utf-8       java
      text/x-c; charset=utf-8                 c h cc cpp hpp
      text/x-python; charset=utf-8            py
      text/x-shellscript; charset=utf-8       sh
      text/x-rust; charset=utf-8              rs
      application/json                        json map
      application/ld+json                     jsonld
      application/geo+json                    geojson
      application/x-ndjson                    ndjson jsonl
      application/manifest+json               webmanifest
      application/yaml                        yaml yml
      application/toml                        toml
      application/sql                         sql
      application/xhtml+xml                   xhtml
      application/rss+xml                     rss
      application/atom+xml                    atom
      application/xml-dtd                     dtd
      application/wasm                        wasm
      application/pdf                         pdf
      application/postscript                  ps eps ai
      application/rtf                         rtf
      application/epub+zip                    epub
      application/zip                         zip
      application/gzip                        gz tgz
      application/zstd                        zst
      application/x-bzip2                     bz2
      application/x-xz                        xz
      application/x-7z-compressed             7z
      application/x-tar                       tar
      application/vnd.rar                     rar
      application/java-archive                jar war ear
      application/vnd.debian.binary-package   deb
      application/x-rpm                       rpm
      application/vnd.android.package-archive apk
      application/x-apple-diskimage           dmg
      application/x-iso9660-image             iso
      application/msword                      doc
      application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
      application/vnd.ms-excel                xls
      application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
      application/vnd.ms-powerpoint           ppt
      application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
      application/vnd.oasis.opendocument.text odt
      application/vnd.oasis.opendocument.spreadsheet ods
      application/vnd.oasis.opendocument.presentation odp
      application/x-x509-ca-cert              crt der
      application/x-pem-file                  pem
      application/vnd.apple.mpegurl           m3u8
      application/dash+xml                    mpd
      application/vnd.ms-fontobject           eot
      font/ttf                                ttf
      font/otf                                otf
      font/woff                               woff
      font/woff2                              woff2
      image/png                               png
      image/apng                              apng
      image/jpeg                              jpg jpeg jpe
      image/gif                               gif
      image/webp                              webp
      image/avif                              avif
      image/heic                              heic
      image/jxl                               jxl
      image/svg+xml                           svg svgz
      image/x-icon                            ico
      image/bmp                               bmp
      image/tiff                              tif tiff
      audio/mpeg                              mp3
      audio/mp4                               m4a
      audio/aac                               aac
      audio/ogg                               ogg oga opus
      audio/flac                              flac
      audio/wav                               wav
      audio/midi                              mid midi
      video/mp4                               mp4 m4v
      video/mpeg                              mpg mpeg
      video/webm                              webm
      video/ogg                               ogv
      video/quicktime                         mov
      video/x-msvideo                         avi
      video/x-matroska                        mkv
      video/mp2t                              ts
      model/gltf+json                         gltf
      model/gltf-binary                       glb
      """;

  private static final MediaTypes STANDARD = new MediaTypes(read(TABLE));

  private final Map<String, String> byExtension;

  private MediaTypes(Map<String, String> byExtension) {
    this.byExtension = byExtension;
  }

  /** The built-in table. */
  static MediaTypes standard() {
    return STANDARD;
  }

  /**
   * This table with one row added or replaced.
   *
   * @param extension without the dot, in any case
   * @param mediaType sent as it is, so with its charset if it should have one
   */
  MediaTypes with(String extension, String mediaType) {
    if (extension.isEmpty() || extension.indexOf('.') >= 0 || extension.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "An extension is the part after the last dot, such as html; got: " + extension);
    }
    var more = new HashMap<>(byExtension);
    more.put(extension.toLowerCase(Locale.ROOT), mediaType);
    return new MediaTypes(Map.copyOf(more));
  }

  /** The type of a file, by the extension after the last dot of its name; never null. */
  String of(String fileName) {
    int dot = fileName.lastIndexOf('.');
    if (dot <= fileName.lastIndexOf('/')) {
      return UNKNOWN;
    }
    return byExtension.getOrDefault(fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
  }

  /** Reads lines of a type, with its charset if it has one, and then its extensions. */
  private static Map<String, String> read(String table) {
    var map = new HashMap<String, String>();
    table
        .lines()
        .forEach(line -> {
          String[] words = line.split(" +", -1);
          int first = words[1].startsWith("charset=") ? 2 : 1;
          String type = first == 2 ? words[0] + " " + words[1] : words[0];
          for (int i = first; i < words.length; i++) {
            map.put(words[i], type);
          }
        });
    return Map.copyOf(map);
  }
}

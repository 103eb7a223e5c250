package dev.weir.http.files;

import dev.weir.http.coding.ContentCoding;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A regular file as it was found: one representation of a resource.
 *
 * @param path to be opened, free of links
 * @param mediaType of the content, after any coding is undone
 * @param coding the content coding that the file is in, if it is a sidecar
 * @param size in bytes
 */
record StoredFile(
    Path path,
    String mediaType,
    @Nullable ContentCoding coding,
    long size,
    Instant modified,
    EntityTag tag) {

  static StoredFile of(
      Path path, String mediaType, @Nullable ContentCoding coding, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return new StoredFile(
        path,
        mediaType,
        coding,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        EntityTag.ofFile(
            key == null ? 0 : key.hashCode(),
            attributes.size(),
            attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
            coding == null ? null : coding.token()));
  }
}

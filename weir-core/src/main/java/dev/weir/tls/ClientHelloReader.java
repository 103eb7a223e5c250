package dev.weir.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first bytes of a connection without taking them: are they TLS, and if so, which host
 * and which protocols does the client ask for (RFC 8446 4.1.2, 5.1)? A pure function of the bytes.
 */
public final class ClientHelloReader {
  /** Most bytes of records that are looked at; a browser's hello takes about two thousand. */
  public static final int MAX_LENGTH = 16 * 1024;

  /** Bytes after which the answer is never again "perhaps not TLS". */
  public static final int RECORD_HEADER = 5;

  private static final int HANDSHAKE = 22;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;
  private static final int CLIENT_HELLO = 1;
  private static final int HANDSHAKE_HEADER = 4;
  private static final int MAX_FRAGMENT = 1 << 14;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;
  private static final int ALPN = 16;
  private static final int MAX_HOST_NAME = 255;

  /** What has come of the message; in place, or gathered from several records. */
  private ByteBuffer message = ByteBuffer.allocate(0);

  private boolean gathered;
  private @Nullable String serverName;
  private List<String> alpn = List.of();

  private ClientHelloReader() {}

  /**
   * Looks at the bytes between position and limit, and moves neither.
   *
   * @param bytes all that has come since the connection opened
   */
  public static ClientHelloPeek peek(ByteBuffer bytes) {
    // A slice is big-endian whatever the buffer is.
    return new ClientHelloReader().look(bytes.slice());
  }

  private ClientHelloPeek look(ByteBuffer bytes) {
    int end = bytes.limit();
    if (end < RECORD_HEADER) {
      return headOnly(bytes);
    }
    int offset = 0;
    while (end - offset >= RECORD_HEADER) {
      var fault = checkHeader(bytes, offset);
      if (fault != null) {
        return fault;
      }
      int fragment = bytes.getShort(offset + 3) & 0xffff;
      offset += RECORD_HEADER;
      int present = Math.min(fragment, end - offset);
      if (offset + present > MAX_LENGTH) {
        return tooLong();
      }
      add(bytes.slice(offset, present));
      offset += present;
      var answer = complete(fragment - present, offset);
      if (answer != null) {
        return answer;
      }
    }
    return new ClientHelloPeek.NeedMore();
  }

  /** Fewer bytes than a header: what is there must still be able to start a handshake record. */
  private static ClientHelloPeek headOnly(ByteBuffer bytes) {
    boolean plausible =
        (bytes.limit() < 1 || isContentType(bytes.get(0)))
            && (bytes.limit() < 2 || bytes.get(1) == 3);
    return plausible ? new ClientHelloPeek.NeedMore() : notTls(bytes);
  }

  private static @Nullable ClientHelloPeek checkHeader(ByteBuffer bytes, int at) {
    int type = bytes.get(at);
    int length = bytes.getShort(at + 3) & 0xffff;
    if (!isContentType(type) || bytes.get(at + 1) != 3) {
      return at == 0
          ? notTls(bytes)
          : malformed(TlsAlert.UNEXPECTED_MESSAGE, "bytes that are no record within a ClientHello");
    }
    if (length > MAX_FRAGMENT) {
      return malformed(
          TlsAlert.RECORD_OVERFLOW,
          "a record of " + length + " bytes; a plaintext fragment has 16384 at most");
    }
    if (type != HANDSHAKE) {
      return malformed(
          TlsAlert.UNEXPECTED_MESSAGE, "a record of type " + type + ", expected a ClientHello");
    }
    if (length == 0) {
      return malformed(TlsAlert.UNEXPECTED_MESSAGE, "an empty handshake record");
    }
    return null;
  }

  private static boolean isContentType(int type) {
    return type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA;
  }

  /** Adds a fragment; a single one is read where it is. */
  private void add(ByteBuffer fragment) {
    if (!message.hasRemaining()) {
      message = fragment;
      return;
    }
    if (!gathered) {
      message = ByteBuffer.allocate(MAX_LENGTH).put(message).flip();
      gathered = true;
    }
    int length = message.limit();
    message
        .limit(length + fragment.remaining())
        .put(length, fragment, fragment.position(), fragment.remaining());
  }

  /**
   * Answers once the whole message is there, or can be told to be wrong; null before.
   *
   * @param missing bytes of the last record that have not come yet
   */
  private @Nullable ClientHelloPeek complete(int missing, int consumed) {
    int present = message.remaining();
    if (present > 0 && message.get(0) != CLIENT_HELLO) {
      return malformed(
          TlsAlert.UNEXPECTED_MESSAGE,
          "a handshake message of type " + message.get(0) + ", expected a ClientHello");
    }
    if (present < HANDSHAKE_HEADER) {
      return null;
    }
    int length = message.getInt(0) & 0xffffff;
    if (length > MAX_LENGTH - HANDSHAKE_HEADER - RECORD_HEADER) {
      return tooLong();
    }
    if (present + missing > HANDSHAKE_HEADER + length) {
      // RFC 8446 5.1: a ClientHello ends with its record, for keys may change after it.
      return malformed(
          TlsAlert.UNEXPECTED_MESSAGE, "the record goes on after the end of the ClientHello");
    }
    if (present < HANDSHAKE_HEADER + length) {
      return null;
    }
    try {
      var fault = read(message.slice(HANDSHAKE_HEADER, length));
      return fault != null ? fault : new ClientHelloPeek.Found(serverName, alpn, consumed);
    } catch (BufferUnderflowException e) {
      return malformed(TlsAlert.DECODE_ERROR, "a length in the ClientHello reaches past its end");
    }
  }

  private @Nullable ClientHelloPeek read(ByteBuffer hello) {
    skip(hello, 2 + 32);
    vector8(hello);
    vector16(hello);
    vector8(hello);
    if (!hello.hasRemaining()) {
      return null;
    }
    var extensions = vector16(hello);
    if (hello.hasRemaining()) {
      return malformed(TlsAlert.DECODE_ERROR, "bytes after the extensions of the ClientHello");
    }
    var seen = new HashSet<Short>();
    while (extensions.hasRemaining()) {
      short type = extensions.getShort();
      var body = vector16(extensions);
      if (!seen.add(type)) {
        // RFC 8446 4.2: at most one extension of a type.
        return malformed(TlsAlert.ILLEGAL_PARAMETER, "extension " + type + " comes twice");
      }
      var fault =
          switch (type) {
            case SERVER_NAME -> serverName(body);
            case ALPN -> alpn(body);
            default -> null;
          };
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** RFC 6066 3. */
  private @Nullable ClientHelloPeek serverName(ByteBuffer body) {
    var list = vector16(body);
    if (!list.hasRemaining() || body.hasRemaining()) {
      return malformed(TlsAlert.DECODE_ERROR, "the server_name list is empty or followed by bytes");
    }
    while (list.hasRemaining()) {
      int type = list.get();
      var name = vector16(list);
      if (type != HOST_NAME) {
        continue;
      }
      if (serverName != null) {
        return malformed(TlsAlert.ILLEGAL_PARAMETER, "server_name has two host_names");
      }
      String text = StandardCharsets.ISO_8859_1.decode(name).toString();
      if (text.isEmpty()
          || text.length() > MAX_HOST_NAME
          || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        return malformed(TlsAlert.ILLEGAL_PARAMETER, "host_name is empty, too long or not ASCII");
      }
      serverName = text.toLowerCase(Locale.ROOT);
    }
    return null;
  }

  /** RFC 7301 3.1. */
  private @Nullable ClientHelloPeek alpn(ByteBuffer body) {
    var list = vector16(body);
    var names = new ArrayList<String>();
    while (list.hasRemaining()) {
      var name = vector8(list);
      if (!name.hasRemaining()) {
        return malformed(TlsAlert.DECODE_ERROR, "ALPN has an empty protocol name");
      }
      names.add(StandardCharsets.ISO_8859_1.decode(name).toString());
    }
    if (names.isEmpty() || body.hasRemaining()) {
      return malformed(TlsAlert.DECODE_ERROR, "the ALPN list is empty or followed by bytes");
    }
    alpn = names;
    return null;
  }

  private static ByteBuffer vector8(ByteBuffer from) {
    return vector(from, from.get() & 0xff);
  }

  private static ByteBuffer vector16(ByteBuffer from) {
    return vector(from, from.getShort() & 0xffff);
  }

  private static ByteBuffer vector(ByteBuffer from, int length) {
    int start = from.position();
    skip(from, length);
    return from.slice(start, length);
  }

  private static void skip(ByteBuffer from, int length) {
    if (length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    from.position(from.position() + length);
  }

  private static ClientHelloPeek tooLong() {
    return malformed(
        TlsAlert.ILLEGAL_PARAMETER, "the ClientHello is longer than " + MAX_LENGTH + " bytes");
  }

  private static ClientHelloPeek notTls(ByteBuffer bytes) {
    var start = bytes.slice(0, Math.min(bytes.limit(), 16));
    var text = new StringBuilder("not TLS: \"");
    while (start.hasRemaining()) {
      int c = start.get() & 0xff;
      text.append(c >= ' ' && c < 0x7f ? (char) c : '.');
    }
    return new ClientHelloPeek.NotTls(text.append('"').toString());
  }

  private static ClientHelloPeek malformed(TlsAlert alert, String reason) {
    return new ClientHelloPeek.Malformed(alert, reason);
  }
}

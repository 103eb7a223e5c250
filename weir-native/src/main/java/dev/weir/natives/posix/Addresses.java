package dev.weir.natives.posix;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as the system lays them out: {@code sockaddr_in}, {@code sockaddr_in6} and {@code
 * sockaddr_un}.
 *
 * <pre>
 * in   0 family  2 port (network order)  4 address
 * in6  0 family  2 port (network order)  4 flow information  8 address  24 scope
 * un   0 family  2 path, ended by a zero
 * </pre>
 */
public final class Addresses {

  /** The family of unix sockets. */
  public static final int UNIX = 1;

  /** IPv4. */
  public static final int INET = 2;

  /** IPv6, and by its mapped addresses IPv4 too (RFC 4291 2.5.5.2). */
  public static final int INET6 = 10;

  static final int INET_SIZE = 16;
  static final int INET6_SIZE = 28;

  private static final int PATH = 2;
  private static final int MAX_PATH = 107;

  private static final ValueLayout.OfShort FAMILY = ValueLayout.JAVA_SHORT;
  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final ValueLayout.OfInt ADDRESS =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** Of a number that stands for an address, so that none is 0. */
  private static final long PACKED = 1L << 48;

  /** How the JDK writes names of files. */
  private static final Charset NAMES =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Addresses() {}

  /** The family that an address is of. */
  public static int family(SocketAddress address) throws IOException {
    return switch (address) {
      case UnixDomainSocketAddress unix -> UNIX;
      case InetSocketAddress inet when inet.getAddress() instanceof Inet4Address -> INET;
      case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address -> INET6;
      default -> throw new SocketException("not an address that can be used: " + address);
    };
  }

  /**
   * Writes an address for a socket of {@code family}. One of IPv4 is mapped for a socket of IPv6.
   *
   * @return its length in bytes
   */
  static int encode(SocketAddress address, int family, MemorySegment to) throws IOException {
    return switch (address) {
      case UnixDomainSocketAddress unix -> encode(unix.getPath(), to);
      case InetSocketAddress inet when !inet.isUnresolved() -> {
        if (family == INET6) {
          yield encode6(inet, to);
        }
        if (inet.getAddress() instanceof Inet4Address four) {
          yield encode4(four, inet.getPort(), to);
        }
        throw new SocketException("a socket of IPv4 cannot reach " + address);
      }
      default -> throw new SocketException("not an address that can be used: " + address);
    };
  }

  private static int encode4(Inet4Address address, int port, MemorySegment to) {
    to.asSlice(0, INET_SIZE).fill((byte) 0);
    to.set(FAMILY, 0, (short) INET);
    to.set(PORT, 2, (short) port);
    MemorySegment.copy(address.getAddress(), 0, to, ValueLayout.JAVA_BYTE, 4, 4);
    return INET_SIZE;
  }

  private static int encode6(InetSocketAddress inet, MemorySegment to) {
    to.asSlice(0, INET6_SIZE).fill((byte) 0);
    to.set(FAMILY, 0, (short) INET6);
    to.set(PORT, 2, (short) inet.getPort());
    byte[] bytes = inet.getAddress().getAddress();
    if (bytes.length == 16) {
      MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 8, 16);
      to.set(ValueLayout.JAVA_INT, 24, ((Inet6Address) inet.getAddress()).getScopeId());
    } else if (!inet.getAddress().isAnyLocalAddress()) {
      to.set(ValueLayout.JAVA_SHORT, 18, (short) -1);
      MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 20, 4);
    }
    // Any address of IPv4 is any address: a mapped one would leave IPv6 out.
    return INET6_SIZE;
  }

  private static int encode(Path path, MemorySegment to) throws IOException {
    byte[] name = path.toString().getBytes(NAMES);
    if (name.length > MAX_PATH) {
      throw new SocketException("a unix socket's path is at most " + MAX_PATH + " bytes: " + path);
    }
    to.set(FAMILY, 0, (short) UNIX);
    MemorySegment.copy(name, 0, to, ValueLayout.JAVA_BYTE, PATH, name.length);
    to.set(ValueLayout.JAVA_BYTE, PATH + name.length, (byte) 0);
    return PATH + name.length + 1;
  }

  /** An address of IPv4, mapped or not, as a number other than 0; 0 if it is of another family. */
  static long pack(MemorySegment from) {
    long port = from.get(PORT, 2) & 0xffffL;
    return switch (from.get(FAMILY, 0)) {
      case INET -> pack(from.get(ADDRESS, 4), port);
      case INET6 ->
          from.get(ValueLayout.JAVA_LONG, 8) == 0 && from.get(ADDRESS, 16) == 0xffff
              ? pack(from.get(ADDRESS, 20), port)
              : 0;
      default -> 0;
    };
  }

  private static long pack(int address, long port) {
    return PACKED | (port << 32) | Integer.toUnsignedLong(address);
  }

  /** The address of a number of {@link CallMemory#inet4}. */
  public static InetSocketAddress unpack(long packed) {
    byte[] address = ByteBuffer.allocate(4).putInt((int) packed).array();
    return of(address, 0, (int) (packed >>> 32) & 0xffff);
  }

  /**
   * Reads an address that the system has written.
   *
   * @param length in bytes, as the system says
   * @return {@code null} if there is none: an unnamed unix socket
   */
  static @Nullable SocketAddress decode(MemorySegment from, int length) {
    if (length < Short.BYTES) {
      return null;
    }
    return switch (from.get(FAMILY, 0)) {
      case INET -> decode(from, 4, new byte[4], 0);
      case INET6 -> decode(from, 8, new byte[16], from.get(ValueLayout.JAVA_INT, 24));
      case UNIX -> decodePath(from, length);
      default -> null;
    };
  }

  private static InetSocketAddress decode(
      MemorySegment from, int offset, byte[] address, int scope) {
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, address, 0, address.length);
    return of(address, scope, Short.toUnsignedInt(from.get(PORT, 2)));
  }

  private static InetSocketAddress of(byte[] address, int scope, int port) {
    try {
      InetAddress host =
          scope == 0
              ? InetAddress.getByAddress(address)
              : Inet6Address.getByAddress(null, address, scope);
      return new InetSocketAddress(host, port);
    } catch (UnknownHostException e) {
      throw new AssertionError("of a length that an address has", e);
    }
  }

  private static @Nullable SocketAddress decodePath(MemorySegment from, int length) {
    int end = PATH;
    while (end < length && from.get(ValueLayout.JAVA_BYTE, end) != 0) {
      end++;
    }
    if (end == PATH) {
      return null;
    }
    byte[] name = new byte[end - PATH];
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, PATH, name, 0, name.length);
    return UnixDomainSocketAddress.of(new String(name, NAMES));
  }
}

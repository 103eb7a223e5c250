package dev.weir.natives.posix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  private final MemorySegment memory = Arena.ofAuto().allocate(CallMemory.ADDRESS_SIZE, 8);

  /** The bytes are those of a little-endian machine, the only kind that Weir's loop runs on. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 80, 2, 02000050 7f000001 0000000000000000",
    "192.0.2.255, 65535, 2, 0200ffff c00002ff 0000000000000000",
    "0.0.0.0, 8080, 2, 02001f90 00000000 0000000000000000",
    "2001:db8::1, 443, 10, 0a0001bb 00000000 20010db8000000000000000000000001 00000000",
    "192.0.2.1, 443, 10, 0a0001bb 00000000 00000000000000000000ffffc0000201 00000000",
    "0.0.0.0, 443, 10, 0a0001bb 00000000 00000000000000000000000000000000 00000000",
  })
  void isLaidOutAsTheSystemWantsIt(String host, int port, int family, String bytes)
      throws IOException {
    assertEquals(ByteOrder.LITTLE_ENDIAN, ByteOrder.nativeOrder());
    memory.fill((byte) 0x55);
    var address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
    int length = Addresses.encode(address, family, memory);
    byte[] expected = HexFormat.of().parseHex(bytes.replace(" ", ""));
    assertArrayEquals(expected, memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 1, 2", "255.255.255.255, 65535, 2", "192.0.2.7, 9, 10", "::1, 7, 10"})
  void comesBack(String host, int port, int family) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
    int length = Addresses.encode(address, family, memory);
    assertEquals(address, Addresses.decode(memory, length));
  }

  @Test
  void aScopeComesBack() throws IOException {
    byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
    var address = new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 3), 1);
    int length = Addresses.encode(address, Addresses.INET6, memory);
    InetSocketAddress back = (InetSocketAddress) Addresses.decode(memory, length);
    assertEquals(3, ((Inet6Address) back.getAddress()).getScopeId());
    assertEquals(address, back);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 0, 2", "255.255.255.255, 65535, 2", "0.0.0.0, 0, 2", "10.1.2.3, 4, 10"})
  void oneOfIpv4IsANumber(String host, int port, int family) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral(host), port);
    Addresses.encode(address, family, memory);
    assertEquals(address, Addresses.unpack(Addresses.pack(memory)));
  }

  @Test
  void oneOfAnotherFamilyIsNone() throws IOException {
    Addresses.encode(
        new InetSocketAddress(InetAddress.ofLiteral("::1"), 1), Addresses.INET6, memory);
    assertEquals(0, Addresses.pack(memory));
    Addresses.encode(UnixDomainSocketAddress.of("s"), Addresses.UNIX, memory);
    assertEquals(0, Addresses.pack(memory));
  }

  @Test
  void aPathComesBack() throws IOException {
    SocketAddress address = UnixDomainSocketAddress.of("run/a socket");
    int length = Addresses.encode(address, Addresses.UNIX, memory);
    assertEquals(2 + 12 + 1, length);
    assertEquals(address, Addresses.decode(memory, length));
  }

  @Test
  void aPathHasNoMoreRoomThanTheSystemGivesIt() throws IOException {
    String longest = "x".repeat(107);
    int length = Addresses.encode(UnixDomainSocketAddress.of(longest), Addresses.UNIX, memory);
    assertEquals(UnixDomainSocketAddress.of(longest), Addresses.decode(memory, length));
    var tooLong = UnixDomainSocketAddress.of(longest + "x");
    assertThrows(SocketException.class, () -> Addresses.encode(tooLong, Addresses.UNIX, memory));
  }

  @Test
  void anUnnamedSocketHasNoAddress() {
    memory.set(ValueLayout.JAVA_SHORT, 0, (short) Addresses.UNIX);
    assertNull(Addresses.decode(memory, 2));
    assertNull(Addresses.decode(memory, 0));
  }

  @Test
  void whatCannotBeReachedIsRefused() {
    var six = new InetSocketAddress(InetAddress.ofLiteral("::1"), 1);
    assertThrows(SocketException.class, () -> Addresses.encode(six, Addresses.INET, memory));
    var unresolved = InetSocketAddress.createUnresolved("host.invalid", 1);
    assertThrows(SocketException.class, () -> Addresses.family(unresolved));
    assertThrows(SocketException.class, () -> Addresses.encode(unresolved, Addresses.INET, memory));
  }
}

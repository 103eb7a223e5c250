package dev.weir.websocket.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.websocket.CloseCode;
import dev.weir.websocket.WebSocketException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class CloseFrameTest {

  @Test
  void roundTrip() {
    for (CloseFrame frame :
        new CloseFrame[] {
          new CloseFrame(1000, ""),
          new CloseFrame(4999, "später €"),
          new CloseFrame(CloseCode.NO_STATUS, "")
        }) {
      assertEquals(frame, CloseFrame.parse(frame.encode()));
    }
  }

  /** The codes of RFC 6455 7.4 and those that were registered since. */
  @Test
  void codesThatMayTravel() {
    for (int code = 0; code <= 0xFFFF; code++) {
      boolean expected =
          switch (code) {
            case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014 -> true;
            default -> code >= 3000 && code <= 4999;
          };
      assertEquals(expected, CloseCode.mayTravel(code));
      ByteBuffer payload = ByteBuffer.allocate(2).putShort((short) code).flip();
      if (expected) {
        assertEquals(code, CloseFrame.parse(payload).code());
        assertEquals(code, CloseFrame.toSend(code, "").code());
      } else {
        int wrong = code;
        var e = assertThrows(WebSocketException.Violation.class, () -> CloseFrame.parse(payload));
        assertEquals(1002, e.code());
        if (code != CloseCode.NO_STATUS) {
          assertThrows(IllegalArgumentException.class, () -> CloseFrame.toSend(wrong, ""));
        }
      }
    }
  }

  @Test
  void reasonsAreUpTo123Bytes() {
    assertEquals(125, CloseFrame.toSend(1000, "x".repeat(123)).encode().remaining());
    assertEquals(125, CloseFrame.toSend(1000, "€".repeat(41)).encode().remaining());
    assertThrows(IllegalArgumentException.class, () -> CloseFrame.toSend(1000, "x".repeat(124)));
    assertThrows(IllegalArgumentException.class, () -> CloseFrame.toSend(1000, "€".repeat(42)));
    assertThrows(
        IllegalArgumentException.class, () -> CloseFrame.toSend(CloseCode.NO_STATUS, "why"));
  }

  @Test
  void errorsFitAlways() {
    var error = new WebSocketException.Violation(1002, "RFC 6455 5.2", "long ".repeat(100));
    CloseFrame frame = CloseFrame.of(error);
    assertEquals(1002, frame.code());
    assertTrue(frame.encode().remaining() <= 125);
    assertTrue(frame.reason().startsWith("RFC 6455 5.2: long"));
  }
}

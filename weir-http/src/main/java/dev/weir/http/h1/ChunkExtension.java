package dev.weir.http.h1;

import dev.weir.http.fields.Octets;

/**
 * The syntax of what may follow a chunk size (RFC 9112 7.1.1), one octet at a time: {@code *( BWS
 * ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )}. No extension means anything to us, but
 * each must be well formed: what one recipient skips as an extension, another may take for the end
 * of the line.
 */
enum ChunkExtension {
  /** Nothing but the size came so far. */
  SIZE,
  /** Space after the size or a value: only another extension may follow. */
  SPACE,
  /** After the semicolon. */
  NAME_START,
  NAME,
  /** Space after a name. */
  NAME_SPACE,
  /** After the equals sign. */
  VALUE_START,
  VALUE,
  QUOTED,
  /** After a backslash in a quoted string. */
  ESCAPED,
  /** After the quote that ends a quoted string. */
  QUOTE_END,
  INVALID;

  /** Whether the line may end here. */
  boolean complete() {
    return switch (this) {
      case SIZE, NAME, VALUE, QUOTE_END -> true;
      default -> false;
    };
  }

  /** Where one more octet leads. */
  ChunkExtension next(byte octet) {
    boolean space = octet == ' ' || octet == '\t';
    boolean tchar = Octets.isTchar(octet);
    return switch (this) {
      case SIZE, QUOTE_END -> space ? SPACE : separator(octet);
      case SPACE -> space ? SPACE : separator(octet);
      case NAME_START -> space ? NAME_START : tchar ? NAME : INVALID;
      case NAME -> tchar ? NAME : space ? NAME_SPACE : separatorOrEquals(octet);
      case NAME_SPACE -> space ? NAME_SPACE : separatorOrEquals(octet);
      case VALUE_START -> {
        if (octet == '"') {
          yield QUOTED;
        }
        yield space ? VALUE_START : tchar ? VALUE : INVALID;
      }
      case VALUE -> tchar ? VALUE : space ? SPACE : separator(octet);
      case QUOTED ->
          switch (octet) {
            case '"' -> QUOTE_END;
            case '\\' -> ESCAPED;
            default -> Octets.isFieldValue(octet) ? QUOTED : INVALID;
          };
      case ESCAPED -> Octets.isFieldValue(octet) ? QUOTED : INVALID;
      case INVALID -> INVALID;
    };
  }

  private static ChunkExtension separator(byte octet) {
    return octet == ';' ? NAME_START : INVALID;
  }

  private static ChunkExtension separatorOrEquals(byte octet) {
    return octet == '=' ? VALUE_START : separator(octet);
  }
}

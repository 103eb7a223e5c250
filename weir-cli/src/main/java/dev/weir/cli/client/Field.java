package dev.weir.cli.client;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A header field as it is typed: {@code NAME: VALUE}. */
record Field(String name, String value) {

  /** Reads one for picocli. */
  static final class Converter implements ITypeConverter<Field> {
    Converter() {}

    @Override
    public Field convert(String typed) {
      int colon = typed.indexOf(':');
      if (colon < 1) {
        throw new TypeConversionException("'" + typed + "' is not NAME: VALUE");
      }
      return new Field(typed.substring(0, colon), typed.substring(colon + 1).strip());
    }
  }
}

package dev.weir.http;

import dev.weir.http.fields.FieldTable;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a header or trailer section (RFC 9110 5, 6.3, 6.5): an ordered list of lines, in
 * which a name may occur more than once and is compared without regard to case.
 *
 * <p>What a program adds is checked (RFC 9110 5.1, 5.5), so that no value can end its line and
 * forge a field or a second response: a line break, a NUL, another control character or a character
 * beyond U+00FF throws {@link IllegalArgumentException}. Space around a value is not part of it and
 * is dropped. Weir makes all instances; programs use this interface and do not implement it.
 *
 * <p>Headers belong to one thread at a time. Those of a received message live in storage that is
 * used again for the next one: they are valid until the exchange ends; {@link #copy} keeps them.
 */
public interface Headers {

  /** A new section without fields. */
  static Headers create() {
    return new FieldTable();
  }

  /**
   * A new section with the fields given as name, value, name, value, ...
   *
   * @throws IllegalArgumentException if a name or value is invalid, or the last value is missing
   */
  static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "the last of " + namesAndValues.length + " names and values has no value");
    }
    var headers = create();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }

  /** How many field lines there are. */
  int size();

  /** The name on line {@code index}, counted from zero. */
  HeaderName name(int index);

  /** The value on line {@code index}, counted from zero, without the space around it. */
  String value(int index);

  /** Whether there is no field line. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /** Whether a line has that name. */
  boolean contains(HeaderName name);

  /** As {@link #contains(HeaderName)}. */
  default boolean contains(String name) {
    return contains(HeaderName.of(name));
  }

  /** The value of the first line with that name, or null. */
  @Nullable String get(HeaderName name);

  /** As {@link #get(HeaderName)}. */
  default @Nullable String get(String name) {
    return get(HeaderName.of(name));
  }

  /** The values of all lines with that name, in order; a copy. */
  List<String> all(HeaderName name);

  /** As {@link #all(HeaderName)}. */
  default List<String> all(String name) {
    return all(HeaderName.of(name));
  }

  /**
   * The values of all lines with that name as one list, joined by a comma (RFC 9110 5.3), or null
   * if there is none. Not for Set-Cookie, whose values contain commas of their own.
   */
  default @Nullable String joined(HeaderName name) {
    var values = all(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /**
   * Adds a line after all others.
   *
   * @throws IllegalArgumentException if the value is invalid (RFC 9110 5.5)
   */
  Headers add(HeaderName name, String value);

  /** As {@link #add(HeaderName, String)}; the name is checked too (RFC 9110 5.1). */
  default Headers add(String name, String value) {
    return add(HeaderName.of(name), value);
  }

  /**
   * Makes this the only line with that name, in place of the first one or else at the end.
   *
   * @throws IllegalArgumentException if the value is invalid (RFC 9110 5.5)
   */
  Headers set(HeaderName name, String value);

  /** As {@link #set(HeaderName, String)}; the name is checked too (RFC 9110 5.1). */
  default Headers set(String name, String value) {
    return set(HeaderName.of(name), value);
  }

  /** Removes every line with that name. */
  Headers remove(HeaderName name);

  /** As {@link #remove(HeaderName)}. */
  default Headers remove(String name) {
    return remove(HeaderName.of(name));
  }

  /** Hands every line to the action, in order. The action must not change these headers. */
  default void forEach(BiConsumer<? super HeaderName, ? super String> action) {
    for (int i = 0; i < size(); i++) {
      action.accept(name(i), value(i));
    }
  }

  /** The same lines in storage of their own, to keep beyond the exchange. */
  Headers copy();
}

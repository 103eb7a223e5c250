/**
 * What the versions of HTTP share to read and hold fields; not exported.
 *
 * <p>{@link dev.weir.http.fields.FieldTable} is the storage behind {@link dev.weir.http.Headers}: a
 * parser records where names and values lie in one copy of the bytes, and a String is made only of
 * what is asked for. {@link dev.weir.http.fields.Octets} knows the character classes of RFC 9110,
 * {@link dev.weir.http.fields.OctetWords} looks at eight octets at once, {@link
 * dev.weir.http.fields.KnownNames} finds well-known names in bytes without making a String, and
 * {@link dev.weir.http.fields.RecentStrings} remembers the Strings that come again and again. Start
 * with FieldTable.
 */
@NullMarked
package dev.weir.http.fields;

import org.jspecify.annotations.NullMarked;

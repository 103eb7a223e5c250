/**
 * Static files: from a request and what the file system knows to a complete plan of the answer.
 *
 * <p>The steps, each pure but for the second: {@code PathResolver} turns the request's path into
 * one below the mount's root; {@code FileLookup} asks the file system about it, off the loop, since
 * it blocks; {@code FilePlan} says what to answer, with {@code Preconditions} (RFC 9110 13), {@code
 * RangeField} (RFC 9110 14) and {@code MediaTypes} as its parts. No step writes to a connection.
 */
@NullMarked
package dev.weir.http.files;

import org.jspecify.annotations.NullMarked;

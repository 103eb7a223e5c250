package dev.weir.natives.posix;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Handles on the functions of the C library. */
@SuppressWarnings("restricted") // The only place that makes them.
public final class Libc {

  /** A C {@code int}. */
  public static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /**
   * A C {@code long}, {@code size_t} or {@code ssize_t}, and a pointer that is given as a number:
   * no object is made of it on the way.
   */
  public static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

  private static final Linker LINKER = Linker.nativeLinker();

  private Libc() {}

  /**
   * A function that reports errors by {@code errno}: the handle's first argument is where to keep
   * it, {@link CallMemory#errno()}.
   */
  public static MethodHandle function(String name, FunctionDescriptor type) {
    return find(name, type)
        .orElseThrow(() -> new UnsatisfiedLinkError("this C library has no " + name));
  }

  /** Such a function, if this C library has it. */
  public static Optional<MethodHandle> find(String name, FunctionDescriptor type) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(at -> LINKER.downcallHandle(at, type, Linker.Option.captureCallState("errno")));
  }

  /** Such a function, of which {@code fixed} arguments come before those that vary in number. */
  public static MethodHandle variadic(String name, int fixed, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  /**
   * Such a function, which is given arrays where they are. The collector waits for it, so it must
   * return soon whatever happens.
   */
  static MethodHandle critical(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        type,
        Linker.Option.captureCallState("errno"),
        Linker.Option.critical(true));
  }

  /** A function that reports no error. */
  static MethodHandle plain(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /** What is thrown when a handle throws: it does not, unless it is called wrongly. */
  public static AssertionError unforeseen(Throwable problem) {
    return new AssertionError("a call of the C library cannot fail like this", problem);
  }
}

package dev.weir.cli.serve;

/** The version of this program. */
public final class Version {

  /** As it is shown. */
  public static final String TEXT = "0.1.0-SNAPSHOT";

  private Version() {}
}

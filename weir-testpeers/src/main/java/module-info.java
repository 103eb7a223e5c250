/** External programs that the tests of Weir talk to; not published. */
module dev.weir.testpeers {
  requires transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.weir.testpeers;
}

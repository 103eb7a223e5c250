/** The simulated loop and network, for the tests of Weir and of its users. */
module dev.weir.testkit {
  requires transitive dev.weir.core;
  requires static org.jspecify;
}

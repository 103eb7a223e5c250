/** Small programs, one a task; each is also run as a test. */
module dev.weir.examples {
  requires dev.weir;
  requires static org.jspecify;
}

/** The weir program: serve, and clients for every role. */
module dev.weir.cli {
  requires dev.weir;
  requires info.picocli;
  requires tools.jackson.core;
  requires static org.jspecify;

  opens dev.weir.cli to
      info.picocli;
  opens dev.weir.cli.client to
      info.picocli;
  opens dev.weir.cli.serve to
      info.picocli;

  provides System.LoggerFinder with
      dev.weir.cli.ConsoleLogs;
}

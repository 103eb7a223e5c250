/** Loops on the system's own event interfaces, through java.lang.foreign. Exports nothing. */
module dev.weir.natives {
  requires dev.weir.core;
  requires static org.jspecify;

  provides dev.weir.loop.spi.LoopProvider with
      dev.weir.natives.epoll.EpollProvider;
}

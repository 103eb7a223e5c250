package dev.weir.bench.server;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/** The two libraries of TLS that Netty has. */
final class NettyTls {

  private NettyTls() {}

  /** The JDK's. */
  static SslContext jdk(Content content) throws SSLException {
    return with(SslProvider.JDK, content);
  }

  /**
   * BoringSSL, linked into Netty's own library.
   *
   * @throws UnsatisfiedLinkError if that is not for this machine
   */
  static SslContext boringSsl(Content content) throws SSLException {
    OpenSsl.ensureAvailability();
    return with(SslProvider.OPENSSL_REFCNT, content);
  }

  private static SslContext with(SslProvider provider, Content content) throws SSLException {
    return SslContextBuilder.forServer(content.certificate().toFile(), content.key().toFile())
        .sslProvider(provider)
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }
}

package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing.Transport;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Opens the servers of listeners. Source: ELB user guide, load-balancer-limits and
 * load-balancer-listeners: HTTP/2 with 128 streams a connection on HTTPS listeners only.
 */
final class Servers {

  private static final System.Logger LOG = System.getLogger(Servers.class.getName());
  static final int LONGEST_LINE = 16 * 1024;
  static final int LARGEST_HEADERS = 64 * 1024;
  private static final int STREAMS = 128;
  private static final int HANDSHAKE_SECONDS = 10;

  private Servers() {}

  /** A server that begins to listen. */
  static HttpServer open(
      Lane lane,
      FrontAddresses.Claim claim,
      int port,
      Transport transport,
      Reception reception,
      Visitors visitors,
      IntSupplier nextNode) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(claim.address().getHostAddress())
            .setPort(claim.portOf(port))
            .setHttp2ClearTextEnabled(false)
            .setHandle100ContinueAutomatically(true)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LARGEST_HEADERS);
    HttpServer server =
        switch (transport) {
          case Transport.Plain plain -> lane.vertx().createHttpServer(options);
          case Transport.Tls tls -> lane.vertx().createHttpServer(secured(options, tls));
        };
    server
        .connectionHandler(connection -> visitors.arrive(connection, nextNode.getAsInt()))
        .requestHandler(request -> reception.handle(request, port))
        .invalidRequestHandler(request -> reception.refuse(request, port))
        .exceptionHandler(visitors::failed)
        .listen()
        .onFailure(failure ->
            LOG.log(
                System.Logger.Level.ERROR,
                "the load balancer " + claim.dnsName() + " cannot listen on port " + port,
                failure));
    return server;
  }

  private static HttpServerOptions secured(HttpServerOptions options, Transport.Tls tls) {
    options.setEnabledSecureTransportProtocols(new LinkedHashSet<>(tls.protocols()));
    tls.suites().forEach(options::addEnabledCipherSuite);
    return options
        .setSsl(true)
        .setKeyCertOptions(new ServedCertificates(tls.certificates()))
        .setSni(true)
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setUseAlpn(true)
        .setAlpnVersions(
            tls.http2()
                ? List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                : List.of(HttpVersion.HTTP_1_1))
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS)
                .setMaxHeaderListSize(LARGEST_HEADERS));
  }

  /** How a listener speaks TLS. */
  static ServerSSLOptions tlsOptions(Transport.Tls tls) {
    ServerSSLOptions options =
        new ServerSSLOptions()
            .setKeyCertOptions(new ServedCertificates(tls.certificates()))
            .setSni(true)
            .setUseAlpn(true)
            .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
            .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
            .setEnabledSecureTransportProtocols(new LinkedHashSet<>(tls.protocols()));
    tls.suites().forEach(options::addEnabledCipherSuite);
    return options;
  }
}

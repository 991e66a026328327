package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.LogEntry;
import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLSession;

/** A request that goes into the access log when it is over. */
final class LoggedJourney implements Journey {

  private static final long NEVER = -1;
  private static final int LONGEST_AGENT = 8 * 1024;

  private final HttpServerRequest request;
  private final InstantSource clock;
  private final String nodeId;
  private final int port;
  private final Desync desync;
  private final Consumer<LogEntry> log;
  private final Instant created;
  private final long createdAt = System.nanoTime();
  private LogEntry.Target target = LogEntry.Target.NONE;
  private String priority = "-";
  private String actions = "-";
  private String redirect = "-";
  private String trace = "";
  private long sentAt;
  private long answeredAt;
  private boolean over;

  LoggedJourney(
      HttpServerRequest request,
      InstantSource clock,
      String nodeId,
      int port,
      Desync desync,
      Consumer<LogEntry> log) {
    this.request = request;
    this.clock = clock;
    this.nodeId = nodeId;
    this.port = port;
    this.desync = desync;
    this.log = log;
    this.created = clock.instant();
  }

  @Override
  public void matched(RouteTable.CompiledRule rule) {
    priority = rule.priority().equals("default") ? "0" : rule.priority();
    actions = rule.action().typeAsString();
  }

  @Override
  public void redirected(String location) {
    redirect = location;
  }

  @Override
  public void chosen(String group, Routing.Target to, String traceId) {
    target = new LogEntry.Target(to.ip() + ":" + to.port(), group, "-");
    trace = traceId;
  }

  @Override
  public void sent() {
    sentAt = System.nanoTime();
  }

  @Override
  public void answered(int status) {
    answeredAt = System.nanoTime();
    target = new LogEntry.Target(target.address(), target.group(), String.valueOf(status));
  }

  @Override
  public void ended(int status) {
    if (over) {
      return;
    }
    over = true;
    boolean answered = answeredAt != 0;
    log.accept(
        new LogEntry(
            nodeId,
            client(status),
            target,
            new LogEntry.Times(
                created,
                clock.instant(),
                answered ? sentAt - createdAt : NEVER,
                answered ? answeredAt - sentAt : NEVER,
                answered ? 0 : NEVER),
            new LogEntry.Outcome(
                status,
                size(request.headers()) + requestLine().length() + request.bytesRead(),
                size(request.response().headers()) + request.response().bytesWritten(),
                priority,
                actions,
                redirect,
                classification(),
                desync.reason())));
  }

  private String classification() {
    String tier = desync.tier().name();
    return desync == Desync.COMPLIANT
        ? "-"
        : tier.charAt(0) + tier.substring(1).toLowerCase(Locale.ROOT);
  }

  private LogEntry.Client client(int status) {
    SSLSession tls = request.isSSL() ? request.sslSession() : null;
    return new LogEntry.Client(
        type(status),
        DataPlane.CLIENT_ADDRESS + ":" + request.remoteAddress().port(),
        line(),
        agent(),
        tls == null ? "-" : tls.getCipherSuite(),
        tls == null ? "-" : tls.getProtocol(),
        tls == null
            ? "-"
            : Optional.ofNullable(request.connection().indicatedServerName()).orElse("-"),
        trace.isEmpty() ? TraceIds.forTarget(request.getHeader(TraceIds.HEADER), clock) : trace);
  }

  private String type(int status) {
    if (request.version() == HttpVersion.HTTP_2) {
      return "h2";
    }
    String plain = status == 101 ? "ws" : "http";
    return request.isSSL() ? plain + "s" : plain;
  }

  private String agent() {
    String agent = request.getHeader("User-Agent");
    if (agent == null) {
      return "-";
    }
    return agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
  }

  /** The request line with the URL as a whole. */
  private String line() {
    String version =
        switch (request.version()) {
          case HTTP_1_0 -> "HTTP/1.0";
          case HTTP_1_1 -> "HTTP/1.1";
          case HTTP_2 -> "HTTP/2.0";
        };
    return request.method().name()
        + " "
        + (request.isSSL() ? "https" : "http")
        + "://"
        + Hosts.withoutPort(Hosts.asked(request))
        + ":"
        + port
        + request.uri()
        + " "
        + version;
  }

  private String requestLine() {
    return request.method().name() + " " + request.uri() + " HTTP/1.1\r\n\r\n";
  }

  private static long size(MultiMap headers) {
    long size = 0;
    for (Map.Entry<String, String> header : headers) {
      size += header.getKey().length() + header.getValue().length() + ": \r\n".length();
    }
    return size;
  }
}

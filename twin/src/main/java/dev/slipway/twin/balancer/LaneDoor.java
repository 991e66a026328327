package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.world.Differs;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;

/** A load balancer's part on one lane: its listeners' servers and its connections to targets. */
@Differs(
    value = "a client that a security group or route shuts out is connected and never answered",
    because = "a program cannot drop the packets of a connection that the system accepts")
final class LaneDoor {

  private static final System.Logger LOG = System.getLogger(LaneDoor.class.getName());
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int LARGEST_HEADERS = 64 * 1024;

  private final FrontDoor door;
  private final Lane lane;
  private final Replies replies;
  private final Map<Integer, HttpServer> servers = new HashMap<>();
  private final Map<Routing.Target, TargetPool> pools = new HashMap<>();
  private final Visitors visitors = new Visitors();
  private final LongConsumer sweep = this::closeIdle;

  LaneDoor(FrontDoor door, Lane lane) {
    this.door = door;
    this.lane = lane;
    this.replies = new Replies(door.clock(), door.counts()::answered);
    lane.run(() -> lane.addSweep(sweep));
  }

  private void closeIdle(long now) {
    RouteTable table = door.routes();
    if (table != null) {
      visitors.closeIdle(now, table.settings());
      pools.values().forEach(pool -> pool.closeIdle(now, table.settings().idleTimeout()));
    }
  }

  /** Makes servers and connections follow a new table. From any thread. */
  void apply(RouteTable table) {
    lane.run(() -> {
      for (int port : table.ports()) {
        servers.computeIfAbsent(port, this::open);
      }
      servers
          .entrySet()
          .removeIf(open -> {
            boolean gone = !table.ports().contains(open.getKey());
            if (gone) {
              open.getValue().close();
            }
            return gone;
          });
      pools
          .entrySet()
          .removeIf(entry -> {
            follow(table, entry.getKey(), entry.getValue());
            return !table.inService(entry.getKey()) && !table.draining(entry.getKey());
          });
    });
  }

  private static void follow(RouteTable table, Routing.Target target, TargetPool pool) {
    if (table.inService(target)) {
      pool.serve();
    } else if (table.draining(target)) {
      pool.drain();
    } else {
      pool.cut();
    }
  }

  void close() {
    lane.run(() -> {
      servers.values().forEach(HttpServer::close);
      servers.clear();
      pools.values().forEach(TargetPool::cut);
      pools.clear();
    });
  }

  private HttpServer open(int listenerPort) {
    HttpServer server =
        lane.vertx()
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(door.claim().address().getHostAddress())
                    .setPort(door.claim().portOf(listenerPort))
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true)
                    .setMaxInitialLineLength(LONGEST_LINE)
                    .setMaxHeaderSize(LARGEST_HEADERS));
    server.connectionHandler(connection -> visitors.arrive(connection, door.nextNode()));
    server.requestHandler(request -> handle(request, listenerPort));
    server.invalidRequestHandler(this::refuse);
    server
        .listen()
        .onFailure(failure ->
            LOG.log(
                System.Logger.Level.ERROR,
                "the load balancer "
                    + door.claim().dnsName()
                    + " cannot listen on port "
                    + listenerPort,
                failure));
    return server;
  }

  private void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    boolean longLine =
        cause instanceof TooLongFrameException && cause.getClass().getName().contains("Line");
    replies.error(request.response(), longLine ? 414 : 400);
    request.connection().close();
  }

  private void handle(HttpServerRequest request, int port) {
    RouteTable table = door.routes();
    Routing.Node node = table.node(visitors.begin(request));
    if (!node.openPorts().contains(port)) {
      request.pause();
      return;
    }
    int refusal = RequestCheck.refusal(request);
    if (refusal != 0) {
      replies.error(request.response(), refusal);
      return;
    }
    Action action =
        table.actionFor(port, new RuleMatcher.RequestSubject(request, DataPlane.CLIENT_ADDRESS));
    switch (action.type()) {
      case FIXED_RESPONSE -> fixedResponse(request, action.fixedResponseConfig());
      case REDIRECT -> redirect(request, action.redirectConfig(), port);
      case FORWARD -> forward(request, table, node, port, action);
      default -> throw new IllegalStateException("action " + action.typeAsString());
    }
  }

  private void fixedResponse(HttpServerRequest request, FixedResponseActionConfig config) {
    String body = config.messageBody() == null ? "" : config.messageBody();
    String type = config.contentType() == null ? "text/plain" : config.contentType();
    replies.send(
        request.response(),
        Integer.parseInt(config.statusCode()),
        null,
        body.isEmpty() && config.contentType() == null ? null : type + "; charset=utf-8",
        body);
  }

  private void redirect(HttpServerRequest request, RedirectActionConfig config, int port) {
    boolean permanent = config.statusCodeAsString().equals("HTTP_301");
    request.response().putHeader("Location", Redirect.location(config, request, port));
    replies.send(
        request.response(),
        permanent ? 301 : 302,
        Replies.title(permanent ? 301 : 302),
        "text/html",
        Replies.page(permanent ? 301 : 302));
  }

  private void forward(
      HttpServerRequest request, RouteTable table, Routing.Node node, int port, Action action) {
    String group = FrontDoor.choose(action.forwardConfig().targetGroups());
    List<Routing.Route> candidates =
        group == null ? List.of() : node.targets().getOrDefault(group, List.of());
    if (candidates.isEmpty()) {
      replies.error(request.response(), 503);
      return;
    }
    Routing.Route route = choose(table.algorithm(group), group, candidates);
    Optional<InetAddress> address =
        route.reachable() ? door.addressOf(route.target().ip()) : Optional.empty();
    TrafficCounts.Group counts = door.counts().group(group);
    counts.sent();
    request.pause();
    if (address.isEmpty()) {
      // Nothing real is waited for, so the connect timeout passes in world time.
      door.clock()
          .schedule(
              CONNECT_TIMEOUT,
              () ->
                  lane.run(() -> {
                    request.resume();
                    replies.error(request.response(), 504);
                  }));
      return;
    }
    new Exchange(
            lane,
            pool(route.target()),
            replies,
            counts,
            request,
            table.settings().idleTimeout().toNanos())
        .begin(
            address.get(),
            new Exchange.Forwarding(
                ForwardedHeaders.of(request, port, table.settings(), door.clock())));
  }

  private Routing.Route choose(
      Routing.Algorithm algorithm, String group, List<Routing.Route> candidates) {
    return switch (algorithm) {
      case ROUND_ROBIN -> door.inTurn(group, candidates);
      case LEAST_OUTSTANDING_REQUESTS ->
          candidates.stream()
              .min(Comparator.comparingInt(route -> pool(route.target()).outstanding()))
              .orElseThrow();
      case WEIGHTED_RANDOM ->
          candidates.get(ThreadLocalRandom.current().nextInt(candidates.size()));
    };
  }

  private TargetPool pool(Routing.Target target) {
    return pools.computeIfAbsent(target, t -> new TargetPool(lane, t, door.clock()));
  }
}

package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.FixedResponseActionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionConfig;

/** Takes the requests of a load balancer on one lane and does what its rules say. */
final class Reception {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Throwable UNREACHABLE = new ConnectTimeoutException("packets vanish");

  private final FrontDoor door;
  private final Lane lane;
  private final Replies named;
  private final Visitors visitors;
  private final Function<Routing.Target, TargetPool> pools;
  private final Sessions sessions;
  private final Chooser chooser;

  Reception(
      FrontDoor door,
      Lane lane,
      Replies replies,
      Visitors visitors,
      Function<Routing.Target, TargetPool> pools) {
    this.door = door;
    this.lane = lane;
    this.named = replies;
    this.visitors = visitors;
    this.pools = pools;
    this.sessions = new Sessions(door.cookieKey(), door.clock());
    this.chooser =
        new Chooser(door, sessions, door.clock(), target -> pools.apply(target).outstanding());
  }

  /** Answers what is no HTTP request. */
  void refuse(HttpServerRequest request, int port) {
    Visitor visitor = visitors.of(request);
    Desync desync = visitor.next();
    int status = RequestCheck.malformed(request.decoderResult().cause());
    named.error(request, status);
    journey(request, door.routes(), visitor, desync, port).ended(status);
    request.connection().close();
  }

  /** Answers a request or passes it on. */
  void handle(HttpServerRequest request, int port) {
    RouteTable table = door.routes();
    RouteTable.Listener listener = table.listener(port);
    Visitor visitor = visitors.of(request);
    Desync desync = visitor.next();
    Journey journey = journey(request, table, visitor, desync, port);
    visitors.begin(request, visitor, journey);
    if (listener == null) {
      // The listener was deleted while the connection stayed open.
      request.connection().close();
      return;
    }
    Routing.Node node = table.node(visitor.node());
    if (!node.openPorts().contains(port)) {
      request.pause();
      return;
    }
    Replies replies = named.as(listener.responses());
    if (desync.tier() != Desync.Tier.COMPLIANT) {
      door.counts().happened(Traffic.Event.NON_COMPLIANT);
    }
    int refusal = RequestCheck.refusal(request, desync, table.settings().desync());
    if (refusal != 0) {
      replies.error(request, refusal);
      return;
    }
    // A web ACL sees a request before the rules do.
    if (table.settings().blocked()) {
      replies.error(request, 403);
      return;
    }
    boolean last = desync.closesIn(table.settings().desync());
    if (last) {
      Replies.close(request.response());
    }
    door.counts().happened(Traffic.Event.REQUEST);
    RouteTable.CompiledRule rule =
        listener.ruleFor(new RuleMatcher.RequestSubject(request, DataPlane.CLIENT_ADDRESS));
    journey.matched(rule);
    Action action = rule.action();
    switch (action.type()) {
      case FIXED_RESPONSE -> fixedResponse(replies, request, action.fixedResponseConfig());
      case REDIRECT -> redirect(replies, request, action.redirectConfig(), port, journey);
      case FORWARD -> forward(replies, request, table, listener, node, rule, last, journey);
      default -> throw new IllegalStateException("action " + action.typeAsString());
    }
  }

  private Journey journey(
      HttpServerRequest request, RouteTable table, Visitor visitor, Desync desync, int port) {
    return table != null && table.settings().accessLog()
        ? new LoggedJourney(
            request,
            door.clock(),
            table.node(visitor.node()).id(),
            port,
            desync,
            door.journal()::add)
        : Journey.UNTOLD;
  }

  private void fixedResponse(
      Replies replies, HttpServerRequest request, FixedResponseActionConfig config) {
    door.counts().happened(Traffic.Event.FIXED_RESPONSE);
    String body = config.messageBody() == null ? "" : config.messageBody();
    String type = config.contentType() == null ? "text/plain" : config.contentType();
    replies.send(
        request.response(),
        Integer.parseInt(config.statusCode()),
        null,
        body.isEmpty() && config.contentType() == null ? null : type + "; charset=utf-8",
        body);
  }

  private void redirect(
      Replies replies,
      HttpServerRequest request,
      RedirectActionConfig config,
      int port,
      Journey journey) {
    door.counts().happened(Traffic.Event.REDIRECT);
    boolean permanent = config.statusCodeAsString().equals("HTTP_301");
    String location = Redirect.location(config, request, port);
    journey.redirected(location);
    request.response().putHeader("Location", location);
    replies.send(
        request.response(),
        permanent ? 301 : 302,
        Replies.title(permanent ? 301 : 302),
        "text/html",
        Replies.page(permanent ? 301 : 302));
  }

  private void forward(
      Replies replies,
      HttpServerRequest request,
      RouteTable table,
      RouteTable.Listener listener,
      Routing.Node node,
      RouteTable.CompiledRule rule,
      boolean last,
      Journey journey) {
    var config = rule.action().forwardConfig();
    Optional<Chooser.Choice> found = chooser.choose(request, table, node, config);
    if (found.isEmpty()) {
      replies.error(request, 503);
      return;
    }
    Chooser.Choice choice = found.get();
    Routing.Target target = choice.route().target();
    Optional<InetAddress> address =
        choice.route().reachable() ? door.addressOf(target.ip()) : Optional.empty();
    RequestHeaders headers =
        RequestHeaders.of(request, listener.port(), table.settings(), rule, door.clock());
    journey.chosen(choice.group(), target, headers.headers().get(TraceIds.HEADER));
    TrafficCounts.Group counts = door.counts().group(choice.group(), node.zone());
    counts.sent();
    request.pause();
    if (address.isEmpty()) {
      counts.connectionFailed(UNREACHABLE);
      // Nothing real is waited for, so the connect timeout passes in world time.
      door.clock()
          .schedule(
              CONNECT_TIMEOUT,
              () ->
                  lane.run(() -> {
                    request.resume();
                    replies.error(request, 504);
                  }));
      return;
    }
    AnswerHeaders answers =
        AnswerHeaders.of(listener, config, choice, table.group(choice.group()), sessions);
    new Exchange(
            lane,
            pools.apply(target),
            replies,
            counts,
            request,
            new Exchange.Terms(
                answers,
                table.settings().idleTimeout().toNanos(),
                last,
                journey,
                () -> visitors.leave(request.connection())))
        .begin(address.get(), headers);
  }
}

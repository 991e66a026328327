package dev.slipway.twin.wire;

import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The twin's HTTP endpoint: the AWS API of all services, the twin's own API under {@code /_twin},
 * and whatever else is mounted by path. Calls are handled on the event loop that received them:
 * they are short, and handing them to another thread costs more than they do.
 */
public final class AwsEndpoint {

  private static final int HEADERS = 64 * 1024;

  /**
   * How the endpoint is set up.
   *
   * @param host the address to listen on
   * @param eventLoops on how many event loops
   * @param callsKept how many calls {@code /_twin/calls} remembers
   * @param faultSeed the seed of the faults' probabilities
   * @param region the region of calls whose signature names none
   */
  public record Options(String host, int eventLoops, int callsKept, long faultSeed, String region) {

    /** Loopback, an event loop a processor, {@code us-east-1}. */
    public static Options defaults() {
      int processors = Runtime.getRuntime().availableProcessors();
      return new Options("127.0.0.1", processors, 10_000, 1, "us-east-1");
    }

    /** These options with another region for calls whose signature names none. */
    public Options inRegion(String other) {
      return new Options(host, eventLoops, callsKept, faultSeed, other);
    }
  }

  private final Vertx vertx;
  private final Options options;
  private final CallLog calls;
  private final Faults faults;
  private final TwinApi twinApi;
  private final AwsHandler aws;
  private final Map<String, Handler<HttpServerRequest>> mounted = new ConcurrentHashMap<>();
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private volatile int actualPort;

  /** An endpoint that does not listen yet. */
  public AwsEndpoint(
      Vertx vertx, Worlds worlds, Credentials credentials, TwinClock clock, Options options) {
    this.vertx = vertx;
    this.options = options;
    this.calls = new CallLog(options.callsKept());
    this.faults = new Faults(new SplittableRandom(options.faultSeed()));
    this.twinApi = new TwinApi(worlds, options.region(), clock, calls, faults);
    this.aws = new AwsHandler(vertx, worlds, credentials, clock, calls, faults, options.region());
  }

  /**
   * Has a handler answer all requests whose path begins with a prefix, for instance {@code /v2/}.
   * It is called before the body is read, on an event loop, and must not block.
   */
  public AwsEndpoint mount(String prefix, Handler<HttpServerRequest> handler) {
    mounted.put(prefix, handler);
    return this;
  }

  /** The access key that signed a request; empty for an unsigned one. */
  public static String accessKeyOf(HttpServerRequest request) {
    return SignatureScope.of(
            new HttpCall(
                request.method().name(),
                request.path() == null ? "/" : request.path(),
                request.query() == null ? "" : request.query(),
                request::getHeader,
                new byte[0]))
        .accessKeyId();
  }

  /** What {@code POST /_twin/shutdown} does after it has been answered. */
  public AwsEndpoint onShutdown(Runnable action) {
    twinApi.onShutdown(action);
    return this;
  }

  /**
   * Begins to listen.
   *
   * @param port the port, 0 for any free one
   * @return the port
   */
  public Future<Integer> listen(int port) {
    // Servers of one port share it, and connections go to their event loops in turn. To share a
    // free port, Vert.x wants a negative one.
    int shared = port == 0 ? -1 : port;
    DeploymentOptions deployment = new DeploymentOptions().setInstances(options.eventLoops());
    return vertx
        .deployVerticle(() -> new Listener(shared), deployment)
        .map(id -> {
          deployments.add(id);
          return actualPort;
        });
  }

  /** The calls received. */
  public CallLog calls() {
    return calls;
  }

  /** The faults set on calls. */
  public Faults faults() {
    return faults;
  }

  /** Stops listening. */
  public Future<Void> close() {
    List<Future<Void>> closing = deployments.stream().map(vertx::undeploy).toList();
    deployments.clear();
    return Future.all(closing).mapEmpty();
  }

  private void handle(HttpServerRequest request) {
    if (isForeign(request.getHeader("Origin"))) {
      request.response().setStatusCode(403).end();
      return;
    }
    String path = request.path() == null ? "/" : request.path();
    for (Map.Entry<String, Handler<HttpServerRequest>> mount : mounted.entrySet()) {
      if (path.startsWith(mount.getKey())) {
        mount.getValue().handle(request);
        return;
      }
    }
    if (path.startsWith("/_twin/") || path.startsWith("/_localstack/")) {
      twinApi.handle(request);
    } else {
      aws.handle(request);
    }
  }

  // Pages of other sites must not reach the twin through the browser of whoever runs it.
  private static boolean isForeign(String origin) {
    if (origin == null) {
      return false;
    }
    try {
      String host = URI.create(origin).getHost();
      return host == null || !(host.equals("localhost") || host.startsWith("127."));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private final class Listener extends VerticleBase {
    private final int port;

    Listener(int port) {
      this.port = port;
    }

    @Override
    public Future<?> start() {
      HttpServerOptions http =
          new HttpServerOptions()
              .setHost(options.host())
              .setPort(port)
              .setTcpNoDelay(true)
              .setMaxInitialLineLength(HEADERS)
              .setMaxHeaderSize(HEADERS)
              .setHandle100ContinueAutomatically(true);
      return vertx
          .createHttpServer(http)
          .requestHandler(AwsEndpoint.this::handle)
          .listen()
          .onSuccess(server -> actualPort = server.actualPort());
    }
  }
}

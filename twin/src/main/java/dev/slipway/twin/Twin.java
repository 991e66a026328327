package dev.slipway.twin;

import dev.slipway.twin.balancer.Balancer;
import dev.slipway.twin.balancer.Lanes;
import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.Ecr;
import dev.slipway.twin.ecr.registry.RegistryHandler;
import dev.slipway.twin.ecr.scan.Advisories;
import dev.slipway.twin.ecr.scan.AdvisoriesHandler;
import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.snapshot.SnapshotHandler;
import dev.slipway.twin.snapshot.Snapshots;
import dev.slipway.twin.sns.MessagesHandler;
import dev.slipway.twin.terraform.TerraformProviderServer;
import dev.slipway.twin.wire.AwsEndpoint;
import dev.slipway.twin.wire.CallLog;
import dev.slipway.twin.wire.Faults;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.ScaledClock;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded AWS: ECS, ALB, ECR, VPC, IAM, CloudWatch and their data plane in this process, on
 * loopback only. Thread safe.
 */
public final class Twin implements AutoCloseable {

  private static final String METADATA = "/_twin/metadata";
  private static final int PATIENCE_SECONDS = 10;

  private final TwinClock clock;
  private final Vertx vertx;
  private final TaskRuntime runtime;
  private final Worlds worlds;
  private final Snapshots snapshots;
  private final AwsEndpoint endpoint;
  private final TerraformPorts terraform;
  private final OnDemandPort terraformFront;
  private final Advisories advisories = new Advisories();
  private final Lanes lanes;
  private final List<DataPlane> dataPlanes = new CopyOnWriteArrayList<>();
  private final int port;
  private final String region;
  private int terraformPort;

  private Twin(TwinOptions options) throws IOException {
    Path directory = Files.createDirectories(options.directory());
    this.port = options.port() == 0 ? freePort() : options.port();
    this.region = options.region();
    this.clock = new ScaledClock(InstantSource.system(), System::nanoTime, options.scale());
    this.vertx =
        Vertx.vertx(new VertxOptions().setUseDaemonThread(true).setPreferNativeTransport(false));
    this.runtime = options.runtime().open(directory, clock, this::metadataBase);
    this.lanes = Lanes.open(vertx, Runtime.getRuntime().availableProcessors());
    Credentials credentials = new Credentials();
    BlobStore blobs = new BlobStore(directory.resolve("blobs"));
    WorldFactory factory =
        new WorldFactory(
            clock,
            credentials,
            blobs,
            advisories,
            runtime,
            this::dataPlane,
            this::registryHost,
            new SecureRandom(),
            options.enforcesIam());
    this.worlds = new Worlds(factory);
    this.snapshots =
        new Snapshots(
            worlds,
            clock,
            blobs,
            registryHost(),
            world ->
                factory
                    .registryOf(world.account(), world.region())
                    .map(Ecr::blobs)
                    .orElse(Set.of()));
    this.endpoint =
        new AwsEndpoint(
            vertx,
            worlds,
            credentials,
            clock,
            AwsEndpoint.Options.defaults().inRegion(options.region()));
    endpoint.mount("/v2/", new RegistryHandler(vertx, registryHost(), factory::registryOf));
    endpoint.mount(METADATA, this::answerMetadata);
    endpoint.mount("/_twin/advisories", new AdvisoriesHandler(advisories, clock));
    endpoint.mount(
        "/_twin/messages",
        new MessagesHandler(worlds::of, Credentials.DEFAULT_ACCOUNT, options.region()));
    SnapshotHandler snapshotHandler =
        new SnapshotHandler(
            vertx,
            snapshots,
            request -> credentials.resolve(AwsEndpoint.accessKeyOf(request)).account());
    for (String path : List.of("/_twin/snapshot", "/_twin/restore", "/_twin/fork")) {
      endpoint.mount(path, snapshotHandler);
    }
    this.terraform =
        new TerraformPorts(account ->
            new TerraformProviderServer(worlds::of, clock, region, account, credentials));
    this.terraformFront =
        new OnDemandPort(vertx, () -> terraform.port(Credentials.DEFAULT_ACCOUNT));
    endpoint.mount("/_twin/terraform", terraform.handler(vertx));
  }

  /**
   * Starts a twin.
   *
   * @throws IOException when its directory cannot be written or a port cannot be had
   */
  public static Twin start(TwinOptions options) throws IOException {
    Twin twin = new Twin(options);
    try {
      twin.endpoint.listen(twin.port).await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      twin.terraformPort = twin.terraformFront.open();
      return twin;
    } catch (IOException | RuntimeException | TimeoutException e) {
      twin.close();
      throw new IOException("the twin cannot listen: " + e.getMessage(), e);
    }
  }

  /** The port of the AWS API, the registry and {@code /_twin} on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The port of the Terraform provider on 127.0.0.1. */
  public int terraformPort() {
    return terraformPort;
  }

  /** The value of {@code TF_REATTACH_PROVIDERS}, with the process that Terraform may kill. */
  public String terraformReattachConfig(long guardPid) {
    return TerraformProviderServer.reattachConfig(guardPid, terraformPort);
  }

  /**
   * The same for a Terraform that works in an account of its own without naming it in the provider
   * block: the twin cannot see Terraform's environment, where its access key would stand.
   *
   * @throws IOException when no port can be had
   */
  public String terraformReattachConfig(long guardPid, String account) throws IOException {
    return TerraformProviderServer.reattachConfig(guardPid, terraform.port(account));
  }

  /** The endpoint of every AWS service, for {@code AWS_ENDPOINT_URL}. */
  public URI endpoint() {
    return URI.create("http://" + registryHost());
  }

  /** The region of calls that name none. */
  public String region() {
    return region;
  }

  /** An account; all accounts exist from the start, and are empty. */
  public TwinAccount account(String twelveDigits) {
    return new TwinAccount(this, twelveDigits);
  }

  /** The API calls received. */
  public CallLog calls() {
    return endpoint.calls();
  }

  /** The faults set on API calls. */
  public Faults faults() {
    return endpoint.faults();
  }

  /** The vulnerabilities that scans of images know. */
  public Advisories advisories() {
    return advisories;
  }

  /** The time of all worlds. */
  public TwinClock clock() {
    return clock;
  }

  /** Snapshots and forks of accounts. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** All worlds. */
  public Worlds worlds() {
    return worlds;
  }

  @Override
  public void close() {
    // Time ends first: nothing may fall due on what is closed.
    clock.close();
    terraformFront.close();
    terraform.close();
    runtime.close();
    dataPlanes.forEach(DataPlane::close);
    lanes.close();
    try {
      vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      // The process ends anyway; its threads are daemons.
    }
  }

  /** The registry's name holds the port, so it must be known before anything listens. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private DataPlane dataPlane(World world) {
    String name = world.account() + "/" + world.region();
    Balancer balancer =
        new Balancer(lanes, clock, ip -> runtime.addressOf(name, ip), runtime::waitsSince);
    dataPlanes.add(balancer);
    return balancer;
  }

  private String metadataBase() {
    return "http://127.0.0.1:" + port + METADATA;
  }

  private String registryHost() {
    return "127.0.0.1:" + port;
  }

  private void answerMetadata(HttpServerRequest request) {
    runtime
        .metadataDocument(request.path().substring(METADATA.length()))
        .ifPresentOrElse(
            document ->
                request.response().putHeader("Content-Type", "application/json").end(document),
            () -> request.response().setStatusCode(404).end());
  }
}

package dev.slipway.rehearsal.stage;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.snapshot.Snapshot;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * One healthy world, brought up once by Terraform, of which every trial gets a copy of its own.
 * Thread safe once it is up.
 */
public final class Ground implements AutoCloseable {

  private static final String FIRST_ACCOUNT = "100000000000";
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Twin twin;
  private final Path work;
  private final Images images;
  private final WorldTime time;
  private final TwinAccount base;
  private final AtomicInteger accounts = new AtomicInteger(1);
  private Origin.Brought brought;
  private Snapshot healthy;
  private Snapshot nothing;

  private Ground(Options options, String region) throws IOException {
    this.work = Files.createDirectories(options.work());
    this.twin =
        Twin.start(
            TwinOptions.in(Files.createDirectories(work.resolve("twin")))
                .withPort(options.port())
                .withScale(options.scale())
                .withRegion(region)
                .withRuntime(options.runtime()));
    this.images = new Images(work.resolve("images"));
    this.time = new WorldTime(twin.clock());
    this.base = twin.account(FIRST_ACCOUNT);
  }

  /**
   * What a ground is made with.
   *
   * @param origin what the healthy world is made from
   * @param work where everything is kept
   * @param scale world seconds a real second
   * @param runtime what runs the tasks
   * @param port the twin's port; 0 for any
   */
  public record Options(Origin origin, Path work, double scale, RuntimeKind runtime, int port) {

    /** For the stack of this repository, whose Terraform root is given. */
    public Options(Path root, Path work, double scale, RuntimeKind runtime, int port) {
      this(new OwnStack(root), work, scale, runtime, port);
    }
  }

  /**
   * Brings the healthy world up.
   *
   * @throws StackRefused when somebody's own stack cannot be rehearsed
   */
  public static Ground up(Options options) throws Exception {
    String region = options.origin().region(Files.createDirectories(options.work()));
    Ground ground = new Ground(options, region);
    try {
      ground.bringUp(options.origin());
      return ground;
    } catch (Exception | Error e) {
      ground.close();
      throw e;
    }
  }

  private void bringUp(Origin origin) throws Exception {
    nothing = twin.account("999999999999").snapshot();
    try (AwsClients aws = clients(base)) {
      brought = origin.bringUp(new Origin.Materials(base, aws, images, time, work));
      Wanted wanted = brought.wanted();
      Belongings its = new Belongings(aws, wanted.cluster(), wanted.service());
      time.await("the first deployment is steady", PATIENCE, its::steady);
    }
    healthy = base.snapshot();
  }

  /** What was brought up. */
  public Origin.Brought brought() {
    return brought;
  }

  /** The twin's time. */
  public WorldTime time() {
    return time;
  }

  /** The twin. */
  public Twin twin() {
    return twin;
  }

  /** A copy of the healthy world, once it is healthy. */
  public Stage stage() throws Exception {
    int number = accounts.getAndIncrement();
    TwinAccount account = twin.account(String.valueOf(Long.parseLong(FIRST_ACCOUNT) + number));
    account.restore(healthy);
    AwsClients aws = clients(account);
    Wanted wanted = brought.wanted();
    Belongings its = new Belongings(aws, wanted.cluster(), wanted.service());
    time.await("the copy is steady", PATIENCE, its::steady);
    Wanted here = wanted.withRevision(wanted.revision().replace(base.id(), account.id()));
    return new Stage(
        account,
        aws,
        time,
        its,
        new Release(Release.commit(number)),
        brought.roots().forked(account, work),
        images,
        // What a rule knows by its host alone has no address for others.
        its.entrance()
            .filter(e -> e.host().isEmpty())
            .map(e -> here.withUrl(e.url().toString()))
            .orElse(here));
  }

  /**
   * Makes a deployment on a stage.
   *
   * @param make done before the deployment
   * @param afterwards done once it is steady
   */
  public void deploy(Stage stage, Kind kind, Step make, Step afterwards) throws Exception {
    Deployment deployment = new Deployment(stage, images, kind);
    deployment.prepare();
    make.on(stage);
    deployment.make();
    if (afterwards != Step.NONE) {
      time.await("the deployment is steady", PATIENCE, stage.its()::steady);
      afterwards.on(stage);
    }
  }

  /**
   * Makes everything ready for a deployment on a stage, and does not make it: Terraform plans, or
   * the task definition is registered.
   */
  public void plan(Stage stage, Kind kind, Step make) throws Exception {
    Deployment deployment = new Deployment(stage, images, kind);
    deployment.prepare();
    make.on(stage);
    deployment.plan();
  }

  /** Ends a stage: its tasks stop, and nothing of its account is left. */
  public void strike(Stage stage) {
    stage.account().restore(nothing);
    stage.aws().close();
  }

  /** The clients of an account, as anybody's program would make them. */
  public AwsClients clients(TwinAccount account) {
    return AwsClients.at(
        twin.endpoint(),
        twin.region(),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(account.accessKeyId(), account.secretAccessKey())),
        time,
        time);
  }

  @Override
  public void close() {
    twin.close();
  }
}

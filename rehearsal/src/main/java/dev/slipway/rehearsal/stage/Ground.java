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
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * One healthy world, brought up once by Terraform, of which every trial gets a copy of its own.
 * Thread safe once it is up.
 */
public final class Ground implements AutoCloseable {

  private static final String FIRST_ACCOUNT = "100000000000";
  private static final String REGION = "eu-central-1";
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Twin twin;
  private final Path work;
  private final Images images;
  private final WorldTime time;
  private final Terraform foundation;
  private final Terraform terraform;
  private final TwinAccount base;
  private final AtomicInteger accounts = new AtomicInteger(1);
  private String cluster;
  private String service;
  private Wanted wanted;
  private Snapshot healthy;
  private Snapshot nothing;

  private Ground(Options options) throws IOException {
    this.work = Files.createDirectories(options.work());
    this.twin =
        Twin.start(
            TwinOptions.in(Files.createDirectories(work.resolve("twin")))
                .withPort(options.port())
                .withScale(options.scale())
                .withRegion(REGION)
                .withRuntime(options.runtime()));
    this.images = new Images(work.resolve("images"));
    this.time = new WorldTime(twin.clock());
    this.base = twin.account(FIRST_ACCOUNT);
    this.foundation =
        new Terraform(options.root().resolve("foundation"), work.resolve("tf-foundation"), base);
    this.terraform = new Terraform(options.root(), work.resolve("tf-stack"), base);
  }

  /**
   * What a ground is made with.
   *
   * @param root the stack's Terraform root; its {@code foundation} makes the registry
   * @param work where everything is kept
   * @param scale world seconds a real second
   * @param runtime what runs the tasks
   * @param port the twin's port; 0 for any
   */
  public record Options(Path root, Path work, double scale, RuntimeKind runtime, int port) {}

  /** Brings the healthy world up. */
  public static Ground up(Options options) throws Exception {
    Ground ground = new Ground(options);
    try {
      ground.bringUp();
      return ground;
    } catch (Exception | Error e) {
      ground.close();
      throw e;
    }
  }

  private void bringUp() throws Exception {
    nothing = twin.account("999999999999").snapshot();
    foundation.apply(Map.of());
    String commit = commit(0);
    try (AwsClients aws = clients(base)) {
      String digest =
          images.push(
              aws.ecr(),
              foundation.output("repository_url"),
              commit,
              "amd64",
              Program.healthy(),
              Map.of("REVISION", commit));
      Map<String, String> variables = new LinkedHashMap<>();
      variables.put("image_digest", digest);
      variables.put("revision", commit);
      terraform.apply(variables);
      cluster = terraform.output("cluster_name");
      service = terraform.output("service_name");
      Belongings its = new Belongings(aws, cluster, service);
      time.await("the first deployment is steady", PATIENCE, its::steady);
      wanted =
          Wanted.of(cluster, service)
              .withImageDigest(digest)
              .withRevision(terraform.output("task_definition_arn"))
              .withCommit(commit);
    }
    healthy = base.snapshot();
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
    Belongings its = new Belongings(aws, cluster, service);
    time.await("the copy is steady", PATIENCE, its::steady);
    Wanted here =
        wanted
            .withRevision(wanted.revision().replace(base.id(), account.id()))
            .withUrl("http://" + its.loadBalancer().dnsName());
    return new Stage(
        account,
        aws,
        time,
        its,
        new Release(commit(number)),
        terraform.forked(account, work.resolve("tf-" + account.id())),
        foundation.forked(account, work.resolve("tf-foundation-" + account.id())),
        images,
        here);
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

  private static String commit(int number) {
    return String.format(Locale.ROOT, "%012x", 0x5eed_0000_0000L + number * 2_654_435_761L);
  }
}

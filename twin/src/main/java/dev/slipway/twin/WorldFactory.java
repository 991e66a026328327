package dev.slipway.twin;

import dev.slipway.twin.acm.Acm;
import dev.slipway.twin.autoscaling.ApplicationAutoScaling;
import dev.slipway.twin.budgets.Budgets;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.Ecr;
import dev.slipway.twin.ecr.scan.Advisories;
import dev.slipway.twin.ecs.Ecs;
import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Elb;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.iam.Enforcement;
import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.iam.RegionalAuthority;
import dev.slipway.twin.kms.Kms;
import dev.slipway.twin.logs.Logs;
import dev.slipway.twin.route53.Route53;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.s3.S3;
import dev.slipway.twin.secrets.ParameterStore;
import dev.slipway.twin.secrets.SecretsManager;
import dev.slipway.twin.sns.Sns;
import dev.slipway.twin.sts.Sts;
import dev.slipway.twin.tagging.ResourceTagging;
import dev.slipway.twin.wafv2.Wafv2;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes worlds and registers every service with them. */
final class WorldFactory implements Worlds.Factory {

  private final TwinClock clock;
  private final Credentials credentials;
  private final BlobStore blobs;
  private final Advisories advisories;
  private final TaskRuntime runtime;
  private final Function<World, DataPlane> dataPlanes;
  private final Supplier<String> registryHost;
  private final RandomGenerator random;
  private final boolean enforcesIam;
  private final Map<String, Iam> iamByAccount = new ConcurrentHashMap<>();
  private final Map<String, Ecr> registries = new ConcurrentHashMap<>();

  WorldFactory(
      TwinClock clock,
      Credentials credentials,
      BlobStore blobs,
      Advisories advisories,
      TaskRuntime runtime,
      Function<World, DataPlane> dataPlanes,
      Supplier<String> registryHost,
      RandomGenerator random,
      boolean enforcesIam) {
    this.clock = clock;
    this.credentials = credentials;
    this.blobs = blobs;
    this.advisories = advisories;
    this.runtime = runtime;
    this.dataPlanes = dataPlanes;
    this.registryHost = registryHost;
    this.random = random;
    this.enforcesIam = enforcesIam;
  }

  @Override
  public World create(Worlds worlds, String account, String region, ReentrantLock lock) {
    World world = new World(account, region, clock, new Ids(random), lock);
    boolean isHome = region.equals(Worlds.HOME_REGION);
    Iam iam =
        isHome
            ? iamByAccount.computeIfAbsent(account, a -> new Iam(world))
            : iamOf(worlds, account);
    iam.register(world.operations(), credentials);
    Sts sts = new Sts(world, iam, credentials);
    sts.register();
    Ec2 ec2 = new Ec2(world);
    ec2.register();
    Logs logs = new Logs(world);
    logs.register();
    Ecr ecr = new Ecr(world, blobs, registryHost.get(), advisories, Thread::startVirtualThread);
    ecr.register();
    registries.put(key(account, region), ecr);
    new ParameterStore(world).register();
    new SecretsManager(world).register();
    CloudWatch cloudWatch = new CloudWatch(world);
    cloudWatch.register();
    Sns sns = new Sns(world);
    sns.register();
    cloudWatch.publishTo(sns.notices());
    ApplicationAutoScaling scaling = new ApplicationAutoScaling(world);
    scaling.register();
    cloudWatch.onAlarm(scaling.policies());
    Acm acm = new Acm(world);
    acm.register();
    new S3(world, isHome ? world : worlds.home(account)).register();
    new Budgets(world, isHome ? world : worlds.home(account)).register();
    new Kms(world).register();
    Wafv2 wafv2 = new Wafv2(world);
    wafv2.register();
    new Route53(world, isHome ? world : worlds.home(account)).register();
    Elb elb =
        new Elb(
            world,
            ec2,
            dataPlanes.apply(world),
            arn -> served(acm, iam, arn),
            new LogDelivery(world));
    elb.blockedBy(wafv2::blocks);
    wafv2.onChange(elb::changed);
    elb.register();
    cloudWatch.collect(elb.metrics());
    Ecs ecs = new Ecs(world, ec2, new RegionalAuthority(world, iam), ecr, logs, runtime);
    ecs.register();
    cloudWatch.collect(ecs.metrics());
    new ResourceTagging(world).register();
    if (enforcesIam) {
      world.operations().guardedBy(new Enforcement(world, iam, credentials));
    }
    if (isHome) {
      world.onRestore(() -> iam.resume(credentials));
    }
    world.onRestore(sts::resume);
    world.onRestore(ec2::resume);
    world.onRestore(ecr::resume);
    world.onRestore(elb::resume);
    world.onRestore(cloudWatch::resume);
    world.onRestore(ecs::resume);
    world.onRestore(scaling::resume);
    return world;
  }

  private static Optional<Routing.Certificate> served(Acm acm, Iam iam, String arn) {
    if (arn.startsWith("arn:aws:iam:")) {
      return iam.serverCertificate(arn)
          .map(stored -> new Routing.Certificate(stored.chainPem(), stored.keyPem()));
    }
    return acm.find(arn).map(issued -> new Routing.Certificate(issued.chainPem(), issued.keyPem()));
  }

  /** The registry of an account and region, when its world was made. */
  Optional<Ecr> registryOf(String account, String region) {
    return Optional.ofNullable(registries.get(key(account, region)));
  }

  private Iam iamOf(Worlds worlds, String account) {
    worlds.home(account);
    return iamByAccount.get(account);
  }

  private static String key(String account, String region) {
    return account + " " + region;
  }
}

package dev.slipway.twin.terraform;

import dev.slipway.twin.acm.Acm;
import dev.slipway.twin.autoscaling.ApplicationAutoScaling;
import dev.slipway.twin.budgets.Budgets;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.ecr.BlobStore;
import dev.slipway.twin.ecr.Ecr;
import dev.slipway.twin.ecs.Ecs;
import dev.slipway.twin.elbv2.DataPlane;
import dev.slipway.twin.elbv2.Elb;
import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.elbv2.Traffic;
import dev.slipway.twin.iam.Iam;
import dev.slipway.twin.kms.Kms;
import dev.slipway.twin.logs.Logs;
import dev.slipway.twin.route53.Route53;
import dev.slipway.twin.runtime.TaskRuntime;
import dev.slipway.twin.s3.S3;
import dev.slipway.twin.secrets.ParameterStore;
import dev.slipway.twin.secrets.SecretsManager;
import dev.slipway.twin.sns.Sns;
import dev.slipway.twin.sts.Sts;
import dev.slipway.twin.wafv2.Wafv2;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ScaledClock;
import dev.slipway.twin.world.TwinClock;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Worlds with every service of the twin, but without processes; an hour passes in two seconds. */
final class TestWorlds implements AutoCloseable {

  private static final double SCALE = 1800;

  private final TwinClock clock = new ScaledClock(InstantSource.system(), System::nanoTime, SCALE);
  private final Credentials credentials = new Credentials();
  private final BlobStore blobs;
  private final Worlds worlds = new Worlds(this::create);

  TestWorlds(Path directory) {
    this.blobs = new BlobStore(directory);
  }

  TwinClock clock() {
    return clock;
  }

  Worlds worlds() {
    return worlds;
  }

  @Override
  public void close() {
    clock.close();
  }

  private World create(Worlds all, String account, String region, ReentrantLock lock) {
    World world = new World(account, region, clock, new Ids(new Random(7)), lock);
    Iam iam = new Iam(world);
    iam.register(world.operations());
    new Sts(world, iam, credentials).register();
    Ec2 ec2 = new Ec2(world);
    ec2.register();
    Logs logs = new Logs(world);
    logs.register();
    Ecr ecr = new Ecr(world, blobs, "registry.test");
    ecr.register();
    new ParameterStore(world).register();
    new SecretsManager(world).register();
    new CloudWatch(world).register();
    new Sns(world).register();
    new ApplicationAutoScaling(world).register();
    new Acm(world).register();
    new S3(world, world).register();
    new Budgets(world, world).register();
    new Kms(world).register();
    new Wafv2(world).register();
    new Route53(world, world).register();
    new Elb(world, ec2, new NoTraffic()).register();
    new Ecs(world, ec2, iam, ecr, logs, new NoProcesses()).register();
    return world;
  }

  /** Takes every route and carries nothing. */
  private static final class NoTraffic implements DataPlane {
    @Override
    public String claim(String loadBalancerArn, String preferred) {
      return "lb.test";
    }

    @Override
    public void route(Routing routing) {}

    @Override
    public void release(String loadBalancerArn) {}

    @Override
    public void probe(Probe probe, Consumer<ProbeResult> done) {
      Thread.startVirtualThread(() -> done.accept(new ProbeResult.NoSuchHost()));
    }

    @Override
    public List<Traffic> takeTraffic() {
      return List.of();
    }

    @Override
    public void close() {}
  }

  /** Starts nothing: the tests' images do not exist. */
  private static final class NoProcesses implements TaskRuntime {
    @Override
    public Handle open(Spec spec, Listener listener) {
      throw new IllegalStateException("no image was pushed, so nothing can be started");
    }

    @Override
    public Optional<InetAddress> addressOf(String world, String privateIp) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}

package dev.slipway.rehearsal.peer;

import dev.slipway.rehearsal.stage.Stage;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ecs.waiters.EcsWaiter;
import software.amazon.awssdk.services.elasticloadbalancingv2.waiters.ElasticLoadBalancingV2Waiter;

/**
 * AWS's own waiters, one after the other, as the SDK has them: services stable, then targets in
 * service. The acceptors are AWS's; the interval of 15 s is scaled with the world's time.
 */
public final class AwsWaiters implements Peer {

  private static final String NAME = "AWS waiters";
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final int ATTEMPTS = 40;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Heard look(Stage stage) {
    int tries = 0;
    WaiterOverrideConfiguration pace =
        WaiterOverrideConfiguration.builder()
            .maxAttempts(ATTEMPTS)
            .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(stage.time().real(INTERVAL)))
            .build();
    String words = "";
    try (EcsWaiter ecs =
            EcsWaiter.builder().client(stage.ecs()).overrideConfiguration(pace).build();
        ElasticLoadBalancingV2Waiter elb =
            ElasticLoadBalancingV2Waiter.builder()
                .client(stage.elb())
                .overrideConfiguration(pace)
                .build()) {
      words = "services-stable: ";
      ecs.waitUntilServicesStable(
          r -> r.cluster(stage.its().cluster()).services(stage.its().service()));
      for (var balancer : stage.its().described().loadBalancers()) {
        words = "target-in-service: ";
        tries +=
            elb.waitUntilTargetInService(r -> r.targetGroupArn(balancer.targetGroupArn()))
                .attemptsExecuted();
      }
      return new Heard(NAME, true, false, "stable and in service", waited(tries));
    } catch (SdkException e) {
      return new Heard(NAME, true, true, words + e.getMessage(), waited(tries + ATTEMPTS));
    }
  }

  /** Nobody waits after the last try. */
  private static double waited(int tries) {
    return INTERVAL.multipliedBy(Math.max(0, tries - 1)).toSeconds();
  }
}

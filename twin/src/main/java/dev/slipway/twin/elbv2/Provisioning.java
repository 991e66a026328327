package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;

/** Makes a new load balancer active after a while. Under the world's lock. */
final class Provisioning {

  /** Observed on AWS: 141 to 187 seconds. */
  private static final Duration TIME = Duration.ofSeconds(150);

  private final Store store;
  private final Consumer<String> whenActive;

  Provisioning(Store store, Consumer<String> whenActive) {
    this.store = store;
    this.whenActive = whenActive;
  }

  /** Begins, or goes on after the state was replaced. */
  void begin(String loadBalancerArn) {
    store.world().after(left(store.loadBalancer(loadBalancerArn)), () -> finish(loadBalancerArn));
  }

  private Duration left(LoadBalancer lb) {
    return Duration.between(store.world().now(), lb.createdTime().plus(TIME));
  }

  /** Goes on with every load balancer that is not active yet. */
  void resume() {
    store
        .loadBalancers()
        .where(lb -> lb.state().code() == LoadBalancerStateEnum.PROVISIONING)
        .forEach(lb -> begin(lb.loadBalancerArn()));
  }

  private void finish(String loadBalancerArn) {
    // The state may have been replaced by one in which it is gone, or younger.
    boolean due =
        store
            .loadBalancers()
            .find(loadBalancerArn)
            .filter(lb -> !left(lb).isPositive())
            .isPresent();
    if (due) {
      store
          .loadBalancers()
          .update(
              loadBalancerArn,
              lb -> lb.toBuilder().state(s -> s.code(LoadBalancerStateEnum.ACTIVE)).build());
      whenActive.accept(loadBalancerArn);
    }
  }
}

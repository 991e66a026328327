package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Differs;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStatus;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersResponse;
import software.amazon.awssdk.services.ecs.model.Failure;

/** The two capacity providers of Fargate, which every account has. Source: ECS API reference. */
@Differs(
    value = "tasks on FARGATE_SPOT are never interrupted",
    because = "AWS takes their room for others, and a twin has no others")
final class CapacityProviders {

  static final List<String> NAMES = List.of("FARGATE", "FARGATE_SPOT");

  private final EcsState state;

  CapacityProviders(EcsState state) {
    this.state = state;
  }

  /** DescribeCapacityProviders. */
  public DescribeCapacityProvidersResponse describeCapacityProviders(
      DescribeCapacityProvidersRequest request) {
    List<String> asked =
        request.capacityProviders().isEmpty() ? NAMES : request.capacityProviders();
    List<CapacityProvider> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String name : asked.stream().map(EcsState::lastPart).toList()) {
      String arn = state.world().arn("ecs", "capacity-provider/" + name);
      if (NAMES.contains(name)) {
        found.add(
            CapacityProvider.builder()
                .capacityProviderArn(arn)
                .name(name)
                .status(CapacityProviderStatus.ACTIVE)
                .build());
      } else {
        missing.add(Failure.builder().arn(arn).reason("MISSING").build());
      }
    }
    return DescribeCapacityProvidersResponse.builder()
        .capacityProviders(found)
        .failures(missing)
        .build();
  }

  /** Refuses a provider that Fargate does not have. */
  static void require(String name) {
    if (!NAMES.contains(name)) {
      throw EcsErrors.invalid("The specified capacity provider '" + name + "' was not found.");
    }
  }

  /** The provider of the next task: bases first, then by weight. */
  static String choose(List<CapacityProviderStrategyItem> strategy, List<String> placed) {
    CapacityProviderStrategyItem best = null;
    double bestShare = Double.MAX_VALUE;
    for (CapacityProviderStrategyItem item : strategy) {
      long count = placed.stream().filter(item.capacityProvider()::equals).count();
      int base = item.base() == null ? 0 : item.base();
      int weight = item.weight() == null ? 0 : item.weight();
      if (count < base) {
        return item.capacityProvider();
      }
      double share = weight == 0 ? Double.MAX_VALUE : (double) (count - base) / weight;
      if (share < bestShare) {
        bestShare = share;
        best = item;
      }
    }
    return best == null ? strategy.getFirst().capacityProvider() : best.capacityProvider();
  }
}

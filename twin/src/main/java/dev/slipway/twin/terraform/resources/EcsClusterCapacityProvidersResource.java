package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersResponse;

/** {@code aws_ecs_cluster_capacity_providers}. */
final class EcsClusterCapacityProvidersResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(20);

  @Override
  public String type() {
    return "aws_ecs_cluster_capacity_providers";
  }

  @Override
  public String label() {
    return "ECS Cluster Capacity Providers";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned, planned.texts("capacity_providers"), strategy(planned));
    planned.set("id", planned.text("cluster_name"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    Optional<Cluster> found = EcsCalls.cluster(context, state.id());
    if (found.isEmpty()) {
      return false;
    }
    state
        .set("cluster_name", found.get().clusterName())
        .setTexts("capacity_providers", found.get().capacityProviders())
        .setBlocks(
            "default_capacity_provider_strategy",
            found.get().defaultCapacityProviderStrategy().stream()
                .map(item ->
                    new Attributes()
                        .set("capacity_provider", item.capacityProvider())
                        .set("base", item.base() == null ? 0 : item.base())
                        .set("weight", item.weight() == null ? 0 : item.weight()))
                .toList());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned, planned.texts("capacity_providers"), strategy(planned));
  }

  @Override
  public void delete(Context context, Attributes state) {
    put(context, state, List.of(), List.of());
  }

  private static List<CapacityProviderStrategyItem> strategy(Attributes planned) {
    return planned.blocks("default_capacity_provider_strategy").stream()
        .map(block ->
            CapacityProviderStrategyItem.builder()
                .capacityProvider(block.text("capacity_provider"))
                .base(block.integer("base"))
                .weight(block.integer("weight"))
                .build())
        .toList();
  }

  private static void put(
      Context context,
      Attributes resource,
      List<String> providers,
      List<CapacityProviderStrategyItem> strategy) {
    PutClusterCapacityProvidersRequest request =
        PutClusterCapacityProvidersRequest.builder()
            .cluster(resource.text("cluster_name"))
            .capacityProviders(providers)
            .defaultCapacityProviderStrategy(strategy)
            .build();
    context
        .waiter()
        .retry(
            TIMEOUT,
            e -> e.is("ResourceInUseException", "UpdateInProgressException"),
            () -> context.call(request, PutClusterCapacityProvidersResponse.class));
  }
}

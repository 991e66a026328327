package dev.slipway.twin.balancer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** The event loops that the balancers of all worlds share. */
public final class Lanes implements AutoCloseable {

  private final Vertx vertx;
  private final List<Lane> all;
  private final List<String> deployments;

  private Lanes(Vertx vertx, List<Lane> all, List<String> deployments) {
    this.vertx = vertx;
    this.all = List.copyOf(all);
    this.deployments = List.copyOf(deployments);
  }

  /**
   * Opens event loops; blocks for a moment.
   *
   * @param count how many; one a core is plenty
   */
  public static Lanes open(Vertx vertx, int count) {
    List<Lane> all = new ArrayList<>();
    List<String> deployments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      deployments.add(
          vertx
              .deployVerticle(context -> {
                all.add(new Lane(vertx, context));
                return Future.succeededFuture();
              })
              .toCompletionStage()
              .toCompletableFuture()
              .join());
    }
    return new Lanes(vertx, all, deployments);
  }

  List<Lane> all() {
    return all;
  }

  /** Gives the event loops back; their Vert.x goes on. Blocks for a moment. */
  @Override
  public void close() {
    Future.join(deployments.stream().map(vertx::undeploy).toList())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}

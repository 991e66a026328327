package dev.slipway.twin.emulators;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.waiters.EcsWaiter;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/** What can be seen of a stack's service from outside. */
final class Watch {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration PACE = Duration.ofMillis(25);

  private final Stack stack;

  Watch(Stack stack) {
    this.stack = stack;
  }

  Service service() {
    return stack
        .account
        .ecs
        .describeServices(r -> r.cluster(Stack.CLUSTER).services(Stack.SERVICE))
        .services()
        .getFirst();
  }

  Deployment primary() {
    return service().deployments().getFirst();
  }

  /** Waits for the primary deployment to end. */
  Deployment ended() {
    return until(
        this::primary, d -> d.rolloutState() != DeploymentRolloutState.IN_PROGRESS, "rollout");
  }

  /** Waits until the deployment's tasks run and its targets are healthy. */
  void steady() {
    Deployment done = ended();
    if (done.rolloutState() != DeploymentRolloutState.COMPLETED) {
      throw new AssertionError("the first deployment failed: " + service().events());
    }
  }

  <T> T until(Supplier<T> look, Predicate<T> good, String what) {
    AtomicReference<T> seen = new AtomicReference<>();
    await(what)
        .atMost(PATIENCE)
        .pollInterval(PACE)
        .until(() -> {
          seen.set(look.get());
          return good.test(seen.get());
        });
    return seen.get();
  }

  List<Task> tasks(DesiredStatus status) {
    List<String> arns =
        stack.account.ecs.listTasks(r -> r.cluster(Stack.CLUSTER).desiredStatus(status)).taskArns();
    return arns.isEmpty()
        ? List.of()
        : stack
            .account
            .ecs
            .describeTasks(r -> r.cluster(Stack.CLUSTER).tasks(arns))
            .tasks()
            .stream()
            .sorted(Comparator.comparing(Task::createdAt))
            .toList();
  }

  /** The first task that stopped. */
  Task firstStopped() {
    return until(
            () -> tasks(DesiredStatus.STOPPED),
            tasks -> tasks.stream().anyMatch(t -> t.lastStatus().equals("STOPPED")),
            "a stopped task")
        .stream()
        .filter(t -> t.lastStatus().equals("STOPPED"))
        .findFirst()
        .orElseThrow();
  }

  List<TargetHealthDescription> targets() {
    return stack
        .account
        .elb
        .describeTargetHealth(r -> r.targetGroupArn(stack.targetGroup))
        .targetHealthDescriptions();
  }

  /** The status and body that the balancer answers with, or that it refuses. */
  String get(String path) {
    try {
      var response =
          stack.account.web.send(
              HttpRequest.newBuilder(URI.create("http://" + stack.balancer.dnsName() + path))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              BodyHandlers.ofString());
      return response.statusCode() + " " + response.body().strip();
    } catch (IOException e) {
      return "no answer";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The service's events, oldest first, with ids left out. */
  List<String> events() {
    return service().events().reversed().stream().map(e -> Words.plain(e.message())).toList();
  }

  /** Whether the SDK's own waiter finds the service stable within a number of looks. */
  boolean isStable(int looks, Duration pace) {
    try (EcsWaiter waiter =
        EcsWaiter.builder()
            .client(stack.account.ecs)
            .overrideConfiguration(
                WaiterOverrideConfiguration.builder()
                    .maxAttempts(looks)
                    .backoffStrategyV2(BackoffStrategy.fixedDelay(pace))
                    .build())
            .build()) {
      waiter.waitUntilServicesStable(r -> r.cluster(Stack.CLUSTER).services(Stack.SERVICE));
      return true;
    } catch (SdkClientException e) {
      return false;
    }
  }
}

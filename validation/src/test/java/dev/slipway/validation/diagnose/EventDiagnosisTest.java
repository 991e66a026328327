package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * What is made of each text of a service event, and of each description of a target's health, when
 * nothing else is seen. Source: ECS developer guide, service-event-messages-list; ELB user guide,
 * target-group-health-checks; events and descriptions of AWS accounts.
 */
class EventDiagnosisTest extends Diagnosed {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "has reached a steady state.",
        "deregistered 1 targets in (target-group arn:x)",
        "registered 1 targets in (target-group arn:x)",
        "has begun draining connections on 1 tasks.",
        "has stopped 1 running tasks: (task 1).",
        "has started 1 tasks: (task 1).",
        "has started 1 tasks: (task 1). Amazon ECS replaced 1 tasks due to an unhealthy status.",
        "(deployment ecs-svc/2) deployment completed.",
        "stopped 1 pending tasks.",
        "is AZ balanced with 2 tasks in eu-central-1a, 2 tasks in eu-central-1b.",
        "is not AZ balanced with 3 tasks in eu-central-1a, 1 tasks in eu-central-1b. AZ Rebalancing in progress.",
        "has started 1 tasks in eu-central-1b to AZ Rebalance: (task 1).",
        "has stopped 1 running tasks in eu-central-1a due to AZ rebalancing: (task 1).",
        "is unable to place a task in eu-central-1a.",
        "stopped AZ Rebalancing.",
        "operations are being throttled. Will try again later.",
        "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::123456789012:role/orders-execution' that was provided for this task.).",
        "(task 1) failed container health checks.",
        "(deployment ecs-svc/2) deployment failed: tasks failed to start.",
      })
  void makesNothingOfWhatIsNoCause(String event) {
    sample.rollingOut().event(event);
    assertThat(causes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          svc-capacity-unavailable | was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone.
          svc-fargate-quota        | was unable to place a task. Reason: You've reached the limit on the number of tasks you can run concurrently
          svc-fargate-quota        | was unable to place a task. Reason: You've reached the limit on the number of vCPUs you can run concurrently
          svc-fargate-quota        | was unable to place a task. Reason: The requested CPU configuration is above your limit.
          svc-fargate-quota        | was unable to place a task. Reason: The requested MEMORY configuration is above your limit.
          svc-task-start-failed    | was unable to place a task. Reason: Internal error.
          svc-task-start-failed    | was unable to place a task. Reason: Timeout waiting for network interface provisioning to complete.
          net-subnet-ip-exhausted  | was unable to place a task. Reason: Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled in subnet 'subnet-a': InsufficientFreeAddressesInSubnet.
          alb-target-group-missing | failed to register targets in (target-group arn:x) with (error TargetGroupNotFound)
          alb-target-group-missing | task set (ecs-svc/2) (task 1) is not healthy in target-group (arn:x) due to TARGET GROUP IS NOT FOUND.
          svc-scheduler-cannot-act | was unable to reach steady state because (taskSet ecs-svc/2) was unable to scale in due to (reason 2 tasks under protection)
          svc-scheduler-cannot-act | is unable to consistently start tasks successfully.
          svc-scheduler-cannot-act | failed to register targets in (target-group arn:y) with (error Throttling)
          svc-scheduler-cannot-act | could not launch 2 tasks for deployment ecs-svc/2.
          svc-capacity-unavailable | was unable to place tasks in your cluster because the tasks provisioning capacity limit was exceeded.
          iam-service-linked-role-missing | IAM permissions policies have been misconfigured or changed, and ECS can no longer maintain your service
          iam-service-linked-role-missing | IAM trust relationship has been misconfigured or changed, and ECS can no longer maintain your service
          svc-scheduler-cannot-act | was unable to flux the capacitor.
          """)
  void readsWhatAnEventSays(String id, String event) {
    sample.rollingOut();
    if (id.equals("alb-target-group-missing")) {
      sample.service(s ->
          s.loadBalancers(l -> l.targetGroupArn("arn:x").containerName("app").containerPort(5000)));
    }
    sample.event(event);
    assertThat(ids()).containsExactly(id);
    assertThat(first().evidence()).contains("event: (service orders) " + event);
  }

  @Test
  void forgetsWhatWasSaidBeforeTheServiceWasLastSteady() {
    sample.rollingOut();
    sample.event("was unable to flux the capacitor.");
    assertThat(ids()).containsExactly("svc-scheduler-cannot-act");
    sample.event("has reached a steady state.");
    assertThat(causes()).isEmpty();
  }

  @Test
  void forgetsWhatWasSaidLongBeforeTheDeploymentBegan() {
    sample.rollingOut();
    List<ServiceEvent> events = new ArrayList<>();
    events.add(
        ServiceEvent.builder()
            .createdAt(Sample.NOW.minusSeconds(6 * 3600 + 1))
            .message("(service orders) was unable to flux the capacitor.")
            .build());
    sample.service(s -> s.events(events));
    assertThat(causes()).isEmpty();
    events.set(0, events.getFirst().toBuilder().createdAt(Sample.NOW.minusSeconds(60)).build());
    sample.service(s -> s.events(events));
    assertThat(ids()).containsExactly("svc-scheduler-cannot-act");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          initial     | Target registration is in progress                                                          |
          initial     | Initial health checks in progress                                                           |
          draining    | Target deregistration is in progress                                                        |
          unused      | Target is not registered to the target group                                                |
          unused      | Target is in the stopped state                                                              |
          unused      | Target is in an Availability Zone that is not enabled for the load balancer                 | alb-zone-not-enabled
          unavailable | Health checks are disabled                                                                  |
          unhealthy   | Health checks failed with these codes: [404]                                                | alb-health-path-404
          unhealthy   | Health checks failed with these codes: [301]                                                | app-health-redirects
          unhealthy   | Health checks failed with these codes: [400]                                                | app-health-rejects-host
          unhealthy   | Health checks failed with these codes: [503]                                                | app-health-check-fails
          unhealthy   | Health checks failed with these codes: [200, 503]                                           | app-health-check-fails
          unhealthy   | Request timed out                                                                           | app-does-not-answer
          unhealthy   | Health checks failed                                                                        |
          unhealthy   | Health checks failed due to an internal error                                               | alb-target-unhealthy
          unhealthy   | The flux capacitor is cold                                                                  | alb-target-unhealthy
          """)
  void readsWhatATargetsHealthSays(String state, String description, String id) {
    first(DeploymentRolloutState.IN_PROGRESS);
    sample.targets.clear();
    for (String ip : List.of("10.0.1.10", "10.0.2.10")) {
      sample.targets.add(Sample.target(ip, state, description.strip()));
    }
    assertThat(ids()).isEqualTo(id == null ? List.of() : List.of(id));
  }
}

package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** Faults of the service as it stands. */
final class ServiceFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("svc-desired-zero", Layer.SVC, Severity.CRITICAL)
              .wrong("The desired count is zero: everything that asks about all tasks holds")
              .on(Kind.STANDING)
              .make(stage -> update(stage, u -> u.desiredCount(0)))
              .seenBy("tasks")
              .source(
                  "https://github.com/hashicorp/terraform-provider-aws/issues/752",
                  "https://github.com/hashicorp/terraform-provider-aws/issues/335")
              .build(),
          Fault.of("svc-not-updated", Layer.SVC, Severity.HIGH)
              .wrong("The new revision was registered, and the service was never told")
              .make(stage -> stage.release().withoutUpdate())
              .seenBy("rollout")
              .source("https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/417")
              .build(),
          Fault.of("svc-no-new-deployment", Layer.SVC, Severity.MEDIUM)
              .wrong("The service was updated with the revision that it had already")
              .make(stage -> {
                String old = stage.its().described().taskDefinition();
                stage.release().update(u -> u.taskDefinition(old));
              })
              .seenBy("rollout")
              .named("svc-not-updated", "svc-no-new-deployment")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/13528")
              .build(),
          Fault.of("svc-stable-before-target-healthy", Layer.SVC, Severity.HIGH)
              .wrong(
                  "No target ever becomes healthy, which a long grace period hides from ECS: the"
                      + " service is stable")
              .on(Kind.FIRST)
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(stage.its().targetGroup().healthCheckPath(), 503))
                      .create(c -> c.healthCheckGracePeriodSeconds(7200)))
              .seenBy("targets", "rollout")
              .named("app-health-check-fails", "svc-stable-before-target-healthy", "alb-fail-open")
              .source("https://github.com/boto/botocore/issues/1021")
              .build(),
          Fault.of("svc-min-zero-downtime", Layer.SVC, Severity.HIGH)
              .wrong(
                  "The minimum of healthy tasks is 0 %: the next rollout may stop all tasks first")
              .on(Kind.STANDING)
              .make(stage ->
                  update(
                      stage,
                      u ->
                          u.deploymentConfiguration(d ->
                              d.minimumHealthyPercent(0)
                                  .maximumPercent(100)
                                  .deploymentCircuitBreaker(b -> b.enable(true).rollback(true)))))
              .seenBy("rollout-posture")
              .source("https://github.com/aprin-labs/archimedes/issues/1309")
              .build(),
          Fault.of("svc-az-imbalance", Layer.SVC, Severity.LOW)
              .wrong("After a shortage of capacity all tasks are in one zone, and stay there")
              .on(Kind.STANDING)
              .make(stage -> {
                update(stage, u -> u.availabilityZoneRebalancing("DISABLED"));
                stage.its().zones().stream().skip(1).forEach(z -> Shortage.of(stage, z));
                update(stage, u -> u.forceNewDeployment(true));
                stage.pass(Duration.ofSeconds(5));
                stage.time().await("moved", Duration.ofMinutes(15), stage.its()::steady);
                Shortage.end(stage);
              })
              .seenBy("tasks")
              .needs(Need.TWO_ZONES, Need.TWO_TASKS)
              .build(),
          Fault.of("svc-exec-left-enabled", Layer.SVC, Severity.LOW)
              .wrong("Commands may be run in the containers of a service that serves people")
              .on(Kind.STANDING)
              .make(stage -> update(stage, u -> u.enableExecuteCommand(true)))
              .seenBy("rollout-posture")
              .build(),
          Fault.of("svc-spot-interruption", Layer.SVC, Severity.MEDIUM)
              .wrong("All tasks are on FARGATE_SPOT, which AWS may take back")
              .make(stage -> {
                stage
                    .ecs()
                    .putClusterCapacityProviders(r ->
                        r.cluster(stage.its().cluster())
                            .capacityProviders("FARGATE", "FARGATE_SPOT")
                            .defaultCapacityProviderStrategy(List.of()));
                stage
                    .release()
                    .update(u ->
                        u.capacityProviderStrategy(
                                c -> c.capacityProvider("FARGATE_SPOT").weight(1))
                            .forceNewDeployment(true));
              })
              .seenBy("rollout-posture")
              .build());

  private ServiceFaults() {}

  /** Changes the service by hand. */
  static void update(Stage stage, Consumer<UpdateServiceRequest.Builder> change) {
    stage
        .ecs()
        .updateService(r -> {
          r.cluster(stage.its().cluster()).service(stage.its().service());
          change.accept(r);
        });
  }
}

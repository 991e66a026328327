package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.validation.check.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.HealthCheck;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;

/** Faults of what a container is given. */
final class ContainerFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("td-log-group-missing", Layer.TD, Severity.HIGH)
              .wrong("The log group that the container writes to does not exist")
              .make(stage -> {
                LogConfiguration now = stage.its().container().logConfiguration();
                Map<String, String> options = new HashMap<>(now.options());
                options.put("awslogs-group", "/not/there");
                options.remove("awslogs-create-group");
                stage
                    .release()
                    .container(c -> c.logConfiguration(now.toBuilder().options(options).build()));
              })
              .seenBy("rollout", "tasks")
              .source(
                  "https://github.com/cn-terraform/terraform-aws-ecs-fargate-task-definition/issues/1")
              .needs(Need.LOG_GROUP)
              .build(),
          Fault.of("td-memory-too-small", Layer.TD, Severity.HIGH)
              .wrong("The program needs more memory than its task has")
              .make(stage -> stage.release().program(Program.healthy().leaking(60)))
              .seenBy("rollout", "tasks")
              .named("td-memory-too-small")
              .source("https://github.com/aws/amazon-ecs-agent/issues/1187")
              .build(),
          Fault.of("td-command-not-found", Layer.TD, Severity.CRITICAL)
              .wrong("The task definition starts a program that the image does not have")
              .make(stage ->
                  stage.release().container(c -> c.entryPoint("/srv/bin/serve").command("run")))
              .seenBy("rollout", "tasks")
              .build(),
          Fault.of("td-healthcheck-binary-missing", Layer.TD, Severity.HIGH)
              .wrong("The container's health check runs curl, which the image does not have")
              .make(stage ->
                  stage
                      .release()
                      .program(Program.healthy().with("check", Map.of("code", 127)))
                      .container(c ->
                          c.healthCheck(
                              HealthCheck.builder()
                                  .command("CMD-SHELL", "curl -f http://localhost:5000/ || exit 1")
                                  .interval(5)
                                  .timeout(2)
                                  .retries(3)
                                  .build())))
              .seenBy("rollout", "tasks")
              .named("td-healthcheck-binary-missing", "app-container-check-fails")
              .source("https://github.com/qonto/prometheus-rds-exporter/issues/249")
              .build(),
          Fault.of("td-revision-inactive", Layer.TD, Severity.HIGH)
              .wrong("A clean-up deregistered the revision that the service runs")
              .on(Kind.STANDING)
              .make(stage -> {
                String arn = stage.its().taskDefinition().taskDefinitionArn();
                stage.ecs().deregisterTaskDefinition(r -> r.taskDefinition(arn));
              })
              .seenBy("definition-posture")
              .source("https://github.com/fabfuel/ecs-deploy/issues/185")
              .build(),
          Fault.of("td-root-user", Layer.TD, Severity.MEDIUM)
              .wrong("The container runs as root")
              .make(stage -> stage.release().container(c -> c.user("0")))
              .seenBy("definition-posture")
              .build(),
          Fault.of("td-writable-rootfs", Layer.TD, Severity.LOW)
              .wrong("The container may write to its own image")
              .make(stage -> stage.release().container(c -> c.readonlyRootFilesystem(false)))
              .seenBy("definition-posture")
              .build(),
          Fault.of("td-tool-drops-fields", Layer.TD, Severity.HIGH)
              .wrong("A tool registered the revision anew and lost the variables that it needs")
              .make(stage -> {
                String needed =
                    stage.its().container().environment().stream()
                        .map(KeyValuePair::name)
                        .findFirst()
                        .orElse("DATABASE_URL");
                stage
                    .release()
                    .program(
                        Program.healthy()
                            .requiring(needed)
                            .with("log", List.of("starting, looking for " + needed)))
                    .container(c -> c.environment(List.of()));
              })
              .seenBy("rollout", "tasks")
              .named("app-exits-at-start", "td-tool-drops-fields")
              .source("https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/780")
              .build(),
          Fault.of("td-wrong-environment-values", Layer.TD, Severity.CRITICAL)
              .wrong("The task definition tells the program a port that no target group asks")
              .make(stage -> {
                stage.release().program(Program.healthy().with("portFrom", "PORT"));
                RoleFaults.environment(stage, "PORT", String.valueOf(stage.its().port() + 1));
              })
              .seenBy("rollout", "targets")
              .named("td-app-port-mismatch", "app-does-not-answer")
              .build());

  private ContainerFaults() {}
}

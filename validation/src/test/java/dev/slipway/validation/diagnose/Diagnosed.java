package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** A deployment to be spoilt, and what is then said of it. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
abstract class Diagnosed {

  final Sample sample = new Sample();
  final SampleNetwork network = new SampleNetwork();

  final List<Cause> causes() {
    sample.surroundings = network.surroundings();
    return Diagnosis.of(sample.snapshot(), sample.goal());
  }

  final Cause first() {
    assertThat(causes()).isNotEmpty();
    return causes().getFirst();
  }

  final List<String> ids() {
    return causes().stream().map(Cause::id).distinct().toList();
  }

  final void definition(UnaryOperator<TaskDefinition.Builder> change) {
    sample.definitions.compute(
        Sample.TASK_DEFINITION, (_, d) -> change.apply(d.toBuilder()).build());
  }

  /** The first deployment is under way: no older task, and nothing answers yet. */
  final void first(DeploymentRolloutState state) {
    sample.answers(503, 4, "");
    sample.service(s -> s.deployments(Sample.deployment("ecs-svc/2", "PRIMARY", 2, state)));
  }

  final void unhealthy(String description) {
    sample.targets.clear();
    sample.targets.add(Sample.target("10.0.1.10", "unhealthy", description));
    sample.targets.add(Sample.target("10.0.2.10", "unhealthy", description));
  }

  /** A task of the wanted revision that ran for a while and was ended. */
  final Task ended(String id, TaskStopCode code, String reason, Duration lived) {
    Task task =
        Sample.running(id, "10.0.1.30", "subnet-a").toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .stopCode(code)
            .stoppedReason(reason)
            .createdAt(Sample.NOW.minusSeconds(600))
            .startedAt(Sample.NOW.minusSeconds(590))
            .executionStoppedAt(Sample.NOW.minusSeconds(590).plus(lived))
            .containers(c -> c.name("app").exitCode(1))
            .build();
    sample.tasks.addFirst(task);
    return task;
  }
}

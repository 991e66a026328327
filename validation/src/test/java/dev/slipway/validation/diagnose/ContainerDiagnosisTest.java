package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Containers that cannot be started as they are described, and disks that are full. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class ContainerDiagnosisTest extends Diagnosed {

  private static final String EXEC =
      "CannotStartContainerError: exec: \"server\": executable file not found in $PATH";
  private static final String FULL =
      "CannotPullContainerError: failed to extract layer sha256:1: write /x: no space left on device";

  private static List<String> words(String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }

  /** Source: ECS API, ContainerDefinition: an entry point stands before the command. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /bin/server -x | run     | The command "/bin/server -x" cannot be executed in the image of orders:2.
                         | run -y  | The command "run -y" cannot be executed in the image of orders:2.
                         |         | The image's own command cannot be executed in the image of orders:2.
          """)
  void saysWhichCommandCannotBeExecuted(String entryPoint, String command, String explanation) {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder()
                .entryPoint(words(entryPoint))
                .command(words(command))
                .build()));
    sample.rollingOut().failedStart("subnet-a", EXEC);
    assertThat(first().explanation()).isEqualTo(explanation);
    assertThat(first().fix().cli())
        .isEqualTo("aws ecs register-task-definition --family orders --container-definitions FILE");
  }

  @ParameterizedTest
  @CsvSource({",20,40", "21,21,42", "150,150,200"})
  void saysHowLargeTheFullDiskIsAndHowLargeItMightBe(Integer set, int size, int larger) {
    if (set != null) {
      definition(d -> d.ephemeralStorage(e -> e.sizeInGiB(set)));
    }
    sample.rollingOut().failedStart("subnet-a", FULL);
    assertThat(ids()).containsExactly("td-ephemeral-disk-full");
    assertThat(first().explanation())
        .isEqualTo("The %d GiB disk of a task of orders:2 is full.".formatted(size));
    assertThat(first().fix().terraform())
        .isEqualTo("ephemeral_storage {\n  size_in_gib = %d\n}".formatted(larger));
    assertThat(first().fix().cli())
        .startsWith("aws ecs register-task-definition --family orders --ephemeral-storage")
        .contains("sizeInGiB=" + larger);
    assertThat(first().decisive()).isTrue();
  }

  private void logged(String line) {
    first(DeploymentRolloutState.IN_PROGRESS);
    var task =
        ended(
            "gone",
            TaskStopCode.ESSENTIAL_CONTAINER_EXITED,
            "Essential container in task exited",
            Duration.ofSeconds(60));
    network.logTails.put(task.taskArn(), List.of("starting", line, line));
  }

  @Test
  void readsFromTheLogThatTheApplicationFilledTheDisk() {
    logged("  java.io.IOException: No space left on device ");
    Cause cause =
        causes().stream()
            .filter(c -> c.id().equals("td-ephemeral-disk-full"))
            .findFirst()
            .orElseThrow();
    assertThat(cause.evidence())
        .filteredOn(e -> e.startsWith("log: "))
        .containsExactly("log: java.io.IOException: No space left on device");
    assertThat(cause.rank()).isEqualTo(Cause.Rank.APPLICATION);
    assertThat(cause.decisive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"disk usage 40 %", "no space", "left on device"})
  void takesNoOtherLineForAFullDisk(String line) {
    logged(line);
    assertThat(ids()).doesNotContain("td-ephemeral-disk-full");
  }

  /** The log of a task that runs may speak of disks as it likes. */
  @Test
  void readsNoLogOfATaskThatRuns() {
    first(DeploymentRolloutState.IN_PROGRESS);
    network.logTails.put(
        sample.tasks.getFirst().taskArn(), List.of("No space left on device: retrying"));
    assertThat(ids()).doesNotContain("td-ephemeral-disk-full");
  }

  @Test
  void putsAFullDiskBeforeTheStartAmongWhatKeepsTasksFromStarting() {
    sample.rollingOut().failedStart("subnet-a", FULL);
    assertThat(first().rank()).isEqualTo(Cause.Rank.START);
    assertThat(first().resource()).isEqualTo(Sample.TASK_DEFINITION);
  }

  @Test
  void readsTheCommandOfTheContainerThatServes() {
    definition(d -> {
      var app = d.build().containerDefinitions().getFirst().toBuilder().command("run");
      return d.containerDefinitions(
          app.build().toBuilder().name("proxy").command("envoy").build(), app.build());
    });
    sample.rollingOut().failedStart("subnet-a", EXEC);
    assertThat(first().explanation()).startsWith("The command \"run\" cannot be executed");
  }
}

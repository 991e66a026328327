package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** Which container of a task ended, of what, and where its log is. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class ExitDiagnosisTest extends Diagnosed {

  /** A task ended whose containers left these codes, as {@code app=1 proxy=0}. */
  private void ended(String containers) {
    first(DeploymentRolloutState.IN_PROGRESS);
    ended(
        "gone",
        TaskStopCode.ESSENTIAL_CONTAINER_EXITED,
        "Essential container in task exited",
        Duration.ofSeconds(4));
    List<Container> all =
        Arrays.stream(containers.split(" "))
            .map(c -> c.split("=", -1))
            .map(c ->
                Container.builder()
                    .name(c[0])
                    .exitCode(c[1].isEmpty() ? null : Integer.valueOf(c[1]))
                    .build())
            .toList();
    sample.tasks.set(0, sample.tasks.getFirst().toBuilder().containers(all).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app=143 proxy=2  | proxy | exit code 2  |
          proxy=0 app=143  | app   | exit code 143 | It ended at a SIGTERM.
          proxy=0 app=0    | app   | exit code 0  | A service's container must not end, not even in good order.
          proxy= app=127   | app   | exit code 127 | The shell found no command that it could execute.
          app= proxy=137   | proxy | exit code 137 | It was killed: by a lack of memory, or because it did not end in time.
          app= proxy=      | app   | no exit code |
          """)
  void namesTheContainerThatEndedFirstAsFarAsCanBeSeen(
      String containers, String name, String code, String meaning) {
    ended(containers);
    assertThat(first().explanation())
        .isEqualTo(
            "Container %s of orders:2 ended by itself with %s, 4 s after its start, 1 time.%s"
                .formatted(name, code, meaning == null ? "" : " " + meaning));
  }

  @ParameterizedTest
  @CsvSource({"AWSLOGS,true", "AWSFIRELENS,false"})
  void saysWhereTheLogIsWhenItIsInCloudWatch(LogDriver driver, boolean there) {
    definition(d ->
        d.containerDefinitions(
            d.build().containerDefinitions().getFirst().toBuilder()
                .logConfiguration(l -> l.logDriver(driver))
                .build()));
    ended("app=1");
    assertThat(first().fix().cli().contains("aws logs get-log-events")).isEqualTo(there);
  }

  @Test
  void blamesNoExitsThatTheTasksThatRunNowHaveOutlived() {
    first(DeploymentRolloutState.IN_PROGRESS);
    ended("gone", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "exited", Duration.ofSeconds(4));
    assertThat(ids()).contains("app-exits-at-start");
    sample.service(s -> s.events(e -> e.createdAt(Sample.NOW.plusSeconds(60)).message("x")));
    assertThat(ids()).doesNotContain("app-exits-at-start");
  }

  private void starved() {
    ended("app=137");
    sample.tasks.set(
        0,
        sample.tasks.getFirst().toBuilder()
            .containers(
                c -> c.name("app").exitCode(137).reason("OutOfMemoryError: container killed"))
            .build());
  }

  @Test
  void saysHowMuchMemoryWasTooLittle() {
    definition(d -> d.memory("1024"));
    starved();
    assertThat(first().explanation())
        .isEqualTo(
            "Container app of orders:2 was killed because it used more than 1024 MiB of memory.");
    assertThat(first().fix().terraform()).isEqualTo("memory = 2048");
    assertThat(first().fix().cli())
        .startsWith("aws ecs register-task-definition --family orders --memory 2048");
  }

  @Test
  void makesUpNoFigureOfMemoryThatItMayNotRead() {
    starved();
    sample.definitions.clear();
    assertThat(first().explanation())
        .isEqualTo(
            "Container app of orders:2 was killed because it used more than its share of memory.");
  }
}

package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;

/** All counts are right; what tells of restarts are the tasks that ended. Seconds before now. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class RestartsTest {

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new TasksCheck().judge(sample.snapshot(), sample.goal());
  }

  private void ended(String id, TaskStopCode code, String by, long created, long lived) {
    sample.tasks.add(
        Sample.running(id, "10.0.1.40", "subnet-a").toBuilder()
            .lastStatus("STOPPED")
            .desiredStatus("STOPPED")
            .startedBy(by)
            .stopCode(code)
            .stoppedReason("Essential container in task exited")
            .createdAt(Sample.NOW.minusSeconds(created))
            .startedAt(Sample.NOW.minusSeconds(created))
            .executionStoppedAt(Sample.NOW.minusSeconds(created - lived))
            .build());
  }

  private void exited(String id, long created, long lived) {
    ended(id, TaskStopCode.ESSENTIAL_CONTAINER_EXITED, "ecs-svc/2", created, lived);
  }

  /** Something of the service happened so many seconds after its running tasks had started. */
  private void later(long seconds) {
    sample.service(s -> s.events(e -> e.createdAt(Sample.NOW.plusSeconds(seconds)).message("x")));
  }

  @Test
  void seesTasksThatEndAndAreStartedAgain() {
    exited("gone1", 100, 30);
    exited("gone2", 60, 30);
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
    assertThat(judged().observed())
        .isEqualTo(
            "2 of 2 tasks run orders:2, but 2 ended by themselves and those that run now have lasted"
                + " no longer");
    assertThat(judged().evidence())
        .containsExactly(
            "task gone1 stopped, Essential container in task exited",
            "task gone2 stopped, Essential container in task exited");
  }

  @ParameterizedTest
  @CsvSource({"69,true", "71,false"})
  void trustsTasksThatHaveLastedLongerThanThoseThatEnded(long seconds, boolean flaps) {
    exited("gone1", 100, 30);
    exited("gone2", 60, 30);
    later(seconds);
    assertThat(judged() instanceof Judgement.Broken).isEqualTo(flaps);
  }

  @Test
  void takesOneExitForChance() {
    exited("gone1", 100, 30);
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void takesTwoTasksThatEndedAtOnceForOneMishap() {
    exited("gone1", 100, 30);
    exited("gone2", 100, 30);
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  @Test
  void takesFewExitsOfManyTasksForChance() {
    sample.service(s -> s.desiredCount(2));
    assertThat(
            new Restarts(
                    java.util.Collections.nCopies(3, sample.tasks.getFirst()),
                    sample.tasks,
                    10,
                    java.util.Optional.of(Sample.NOW))
                .loop())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ServiceSchedulerInitiated,ecs-svc/2",
    "UserInitiated,ecs-svc/2",
    "SpotInterruption,ecs-svc/2",
    "EssentialContainerExited,ecs-svc/1",
  })
  void doesNotCountWhatWasOrderedOrIsOfAnotherDeployment(String code, String by) {
    ended("gone1", TaskStopCode.fromValue(code), by, 100, 30);
    ended("gone2", TaskStopCode.fromValue(code), by, 60, 30);
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
  }

  /** Three of ten are few, five are half of them. */
  @ParameterizedTest
  @CsvSource({"10,5,true", "10,4,false", "11,5,false"})
  void demandsThatHalfOfTheTasksEnd(int desired, int ends, boolean loop) {
    sample.service(s -> s.desiredCount(desired));
    for (int i = 0; i < ends; i++) {
      exited("gone" + i, 600 - 60 * i, 30);
    }
    assertThat(Restarts.of(sample.snapshot(), sample.goal()).loop()).isEqualTo(loop);
  }

  /** The last that is known of the service may be a time of its deployments or its tasks. */
  @ParameterizedTest
  @CsvSource({"69,false", "70,false", "71,true"})
  void readsTheLatestTimeFromWhateverTellsOne(long seconds, boolean outlived) {
    exited("gone1", 100, 30);
    exited("gone2", 60, 30);
    var sound = sample.service;
    sample.service(s ->
        s.deployments(
            sound.deployments().getFirst().toBuilder()
                .updatedAt(Sample.NOW.plusSeconds(seconds))
                .build()));
    assertThat(Restarts.of(sample.snapshot(), sample.goal()).outlived()).isEqualTo(outlived);
    sample.service = sound;
    sample.tasks.add(
        Sample.running("old", "10.0.1.9", "subnet-a").toBuilder()
            .taskDefinitionArn(Sample.OLD_TASK_DEFINITION)
            .startedBy("ecs-svc/1")
            .stoppedAt(Sample.NOW.plusSeconds(seconds))
            .build());
    assertThat(Restarts.of(sample.snapshot(), sample.goal()).outlived()).isEqualTo(outlived);
  }

  @Test
  void trustsNoTaskOfWhichNoStartIsKnown() {
    exited("gone1", 100, 30);
    exited("gone2", 60, 30);
    later(600);
    sample.tasks.replaceAll(
        t -> t.lastStatus().equals("RUNNING") ? t.toBuilder().startedAt(null).build() : t);
    assertThat(Restarts.of(sample.snapshot(), sample.goal()).outlived()).isFalse();
  }

  /**
   * Tasks that nobody says the deployment of are the newest one's; those of another one are not.
   */
  @ParameterizedTest
  @CsvSource({",true", "ecs-svc/2,true", "ecs-svc/1,false"})
  void countsTheTasksOfTheNewestDeployment(String by, boolean counted) {
    ended("gone1", TaskStopCode.ESSENTIAL_CONTAINER_EXITED, by, 100, 30);
    assertThat(Restarts.of(sample.snapshot(), sample.goal()).ended()).hasSize(counted ? 1 : 0);
  }

  @Test
  void countsNoTaskOfAnotherRevision() {
    exited("gone1", 100, 30);
    sample.tasks.replaceAll(
        t -> t.toBuilder().taskDefinitionArn(Sample.OLD_TASK_DEFINITION).startedBy(null).build());
    Restarts restarts = Restarts.of(sample.snapshot(), sample.goal());
    assertThat(restarts.ended()).isEmpty();
    assertThat(restarts.running()).isEmpty();
  }
}

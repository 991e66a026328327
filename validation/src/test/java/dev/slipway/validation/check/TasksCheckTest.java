package dev.slipway.validation.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

// The SDK\'s builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
class TasksCheckTest {

  private final Sample sample = new Sample();

  private Judgement judged() {
    return new TasksCheck().judge(sample.snapshot(), sample.goal());
  }

  @Test
  void holdsWhenEveryTaskRunsTheWantedDigest() {
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed()).isEqualTo("2 of 2 tasks run orders:2, all sha256:aaaaaaaaaaaa");
  }

  @Test
  void failsOnADesiredCountOfZeroThoughAllCountsAgree() {
    sample.tasks.clear();
    sample.service(s -> s.desiredCount(0).runningCount(0));
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
  }

  @Test
  void waitsWhileATaskOfTheOldRevisionStillRuns() {
    sample.tasks.add(
        Sample.running("old", "10.0.1.9", "subnet-a").toBuilder()
            .taskDefinitionArn(Sample.OLD_TASK_DEFINITION)
            .build());
    sample.service(s -> s.runningCount(3));
    assertThat(judged().observed()).isEqualTo("2 of 2 tasks run orders:2, 1 run another");
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void waitsWhileTheCountsOfTheServiceAreBehindItsTasks() {
    sample.service(s -> s.runningCount(1).pendingCount(1));
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void failsWhenATaskRunsAnotherDigest() {
    sample.tasks.set(
        0,
        sample.tasks.getFirst().toBuilder()
            .containers(c -> c.name("app").imageDigest("sha256:" + "b".repeat(64)))
            .build());
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
    assertThat(judged().observed()).contains("sha256:bbbbbbbbbbbb");
  }

  @Test
  void waitsForADigestThatIsNotYetKnown() {
    sample.tasks.set(0, sample.tasks.getFirst().toBuilder().containers(c -> c.name("app")).build());
    assertThat(judged()).isInstanceOf(Judgement.NotYet.class);
  }

  @Test
  void comparesWithTheDigestThatTheUserAsksFor() {
    sample.wanted = sample.wanted.withImageDigest("sha256:" + "c".repeat(64));
    assertThat(judged()).isInstanceOf(Judgement.Broken.class);
  }

  @Test
  void doesNotPassWhenTasksMayNotBeRead() {
    sample.gap("ecs:DescribeTasks");
    assertThat(judged())
        .isEqualTo(new Judgement.Skipped("missing permission ecs:DescribeTasks", true));
  }

  @Test
  void showsTheTasksThatAreThereAndNoneThatStopped() {
    sample.failedStart("subnet-a", "x");
    sample.tasks.set(
        2, sample.tasks.get(2).toBuilder().attachments(List.of()).containers(List.of()).build());
    assertThat(judged().evidence())
        .containsExactly(
            "task task1 RUNNING orders:2 sha256:aaaaaaaaaaaa at 10.0.1.10",
            "task task2 RUNNING orders:2 no digest at no address");
  }

  @Test
  void holdsWithoutADigestWhereNothingSaysWhich() {
    sample.definitions.put(
        Sample.TASK_DEFINITION, Sample.definition(2, Sample.REPOSITORY + ":latest"));
    sample.revisions.clear();
    assertThat(judged()).isInstanceOf(Judgement.Holds.class);
    assertThat(judged().observed()).isEqualTo("2 of 2 tasks run orders:2");
  }
}

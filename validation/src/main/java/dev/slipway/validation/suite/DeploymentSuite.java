package dev.slipway.validation.suite;

import dev.slipway.validation.check.Check;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.FrontDoorCheck;
import dev.slipway.validation.check.ImageCheck;
import dev.slipway.validation.check.RolloutCheck;
import dev.slipway.validation.check.TargetsCheck;
import dev.slipway.validation.check.TasksCheck;
import dev.slipway.validation.check.posture.PostureCheck;
import dev.slipway.validation.check.posture.Postures;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.WrongAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * The checks of a deployment as JUnit tests. {@code slipway verify} runs them; any other JUnit
 * project may, with the settings of {@link VerificationExtension}.
 */
@ExtendWith(VerificationExtension.class)
@TestMethodOrder(OrderAnnotation.class)
@DisplayName("deployment")
public final class DeploymentSuite {

  @Test
  @Order(1)
  @Tag("smoke")
  @Tag("image")
  @DisplayName("its image is in the registry")
  void imageExists(Verification verification) throws Exception {
    demand(verification, new ImageCheck());
  }

  @Test
  @Order(2)
  @Tag("smoke")
  @Tag("rollout")
  @DisplayName("the wanted revision is rolled out")
  void wantedRevisionIsRolledOut(Verification verification) throws Exception {
    demand(verification, new RolloutCheck());
  }

  @Test
  @Order(3)
  @Tag("smoke")
  @Tag("health")
  @DisplayName("its tasks run the wanted image")
  void tasksRun(Verification verification) throws Exception {
    demand(verification, new TasksCheck());
  }

  @Test
  @Order(4)
  @Tag("health")
  @DisplayName("its healthy targets are exactly its tasks")
  void targetsAreItsTasks(Verification verification) throws Exception {
    demand(verification, new TargetsCheck());
  }

  @Test
  @Order(5)
  @Tag("smoke")
  @Tag("health")
  @DisplayName("it answers through the load balancer")
  void answersThroughTheLoadBalancer(Verification verification) throws Exception {
    demand(verification, new FrontDoorCheck());
  }

  @Test
  @Order(6)
  @Tag("posture")
  @Tag("network")
  @DisplayName("its tasks are private and spread")
  void tasksArePrivateAndSpread(Verification verification) throws Exception {
    demand(verification, Postures.of("network-posture"));
  }

  @Test
  @Order(7)
  @Tag("posture")
  @Tag("identity")
  @DisplayName("its roles may do no more than they must")
  void rolesMayDoNoMoreThanTheyMust(Verification verification) throws Exception {
    demand(verification, Postures.of("identity-posture"));
  }

  @Test
  @Order(8)
  @Tag("posture")
  @Tag("definition")
  @DisplayName("its task definition is sound")
  void taskDefinitionIsSound(Verification verification) throws Exception {
    demand(verification, Postures.of("definition-posture"));
  }

  @Test
  @Order(9)
  @Tag("posture")
  @Tag("image")
  @DisplayName("its image is kept and scanned")
  void imageIsKeptAndScanned(Verification verification) throws Exception {
    demand(verification, Postures.of("image-posture"));
  }

  @Test
  @Order(10)
  @Tag("posture")
  @Tag("front-door")
  @DisplayName("its load balancer is set up well")
  void loadBalancerIsSetUpWell(Verification verification) throws Exception {
    demand(verification, Postures.of("front-door-posture"));
  }

  @Test
  @Order(11)
  @Tag("posture")
  @Tag("rollout")
  @DisplayName("its rollouts are safe")
  void rolloutsAreSafe(Verification verification) throws Exception {
    demand(verification, Postures.of("rollout-posture"));
  }

  @Test
  @Order(12)
  @Tag("posture")
  @Tag("observability")
  @DisplayName("it is watched")
  void isWatched(Verification verification) throws Exception {
    demand(verification, Postures.of("observability"));
  }

  @Test
  @Order(13)
  @Tag("posture")
  @Tag("drift")
  @DisplayName("it is what Terraform's state says")
  void isWhatTheStateSays(Verification verification) throws Exception {
    PostureCheck drift = Postures.of("drift");
    if (!verification.asks(drift)) {
      throw new TestAbortedException("no Terraform state was given");
    }
    demand(verification, drift);
  }

  @Test
  @Order(20)
  @Tag("soak")
  @DisplayName("it stays so")
  void staysSo(Verification verification) throws Exception {
    if (verification.failed()) {
      throw new TestAbortedException("nothing to watch: a check has failed");
    }
    judge(verification.soak());
  }

  @Test
  @Order(21)
  @Tag("soak")
  @Tag("probe")
  @DisplayName("no request fails meanwhile")
  void noRequestFails(Verification verification) throws Exception {
    judge(
        verification
            .probe()
            .orElseThrow(() -> new TestAbortedException("no steady requests were asked for")));
  }

  private static void demand(Verification verification, Check check)
      throws Unanswered, WrongAddress, InterruptedException {
    judge(verification.await(check));
  }

  private static void judge(CheckResult result) {
    switch (result.status()) {
      case PASS -> {}
      case SKIP -> throw new TestAbortedException(result.observed());
      case FAIL ->
          throw new AssertionFailedError(
              "%s: expected %s; observed %s%n  %s"
                  .formatted(
                      result.id(),
                      result.expected(),
                      result.observed(),
                      String.join(System.lineSeparator() + "  ", result.evidence())),
              result.expected(),
              result.observed());
    }
  }
}

package dev.slipway.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.catalogue.Healthy;
import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.score.Score;
import dev.slipway.rehearsal.score.ScoreJson;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.check.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of some faults, on a world that Terraform brought up. */
@Tag("e2e")
class RehearsalTest {

  private static final Fault WEIGHT_ZERO =
      Fault.of("my-own-fault", Layer.ALB, Severity.HIGH)
          .wrong("The listener forwards to the service's target group with weight 0")
          .on(Kind.STANDING)
          .make(stage -> {
            String group = stage.its().targetGroup().targetGroupArn();
            stage
                .elb()
                .modifyListener(r ->
                    r.listenerArn(stage.its().listener().listenerArn())
                        .defaultActions(a ->
                            a.type("forward")
                                .forwardConfig(
                                    f -> f.targetGroups(g -> g.targetGroupArn(group).weight(0)))));
          })
          .build();

  private static final int SAMPLE = 12;

  /** So many seconds of the world to the verdict are two here; others cost minutes. */
  private static final int SOON = 60;

  private static Ground ground;

  @BeforeAll
  static void bringUp(@TempDir Path work) throws Exception {
    Path root = Path.of("../terraform").toRealPath();
    ground = Ground.up(new Ground.Options(root, work, 30, RuntimeKind.SIMULATED, 0));
  }

  @AfterAll
  static void end() {
    ground.close();
  }

  private static List<Outcome> rehearse(List<Fault> faults) throws InterruptedException {
    return new Rehearsal(ground, 4, false, o -> {}).run(faults, 1);
  }

  @Test
  void nothingIsSaidOfHealthyDeploymentsOfAnyKind() throws Exception {
    assertThat(rehearse(Healthy.runs(1)))
        .allSatisfy(o -> {
          assertThat(o.trouble()).isEmpty();
          assertThat(o.causes()).isEmpty();
          assertThat(o.detected()).isFalse();
        });
  }

  @Test
  void everyFaultCanBeMadeInOurOwnStack() throws Exception {
    Stage stage = ground.stage();
    try {
      for (Need need : Need.values()) {
        assertThat(need.met(stage)).as(need.name()).isTrue();
      }
    } finally {
      ground.strike(stage);
    }
  }

  @Test
  void preflightForetellsOnTheAccountAndOnThePlanWithoutADeployment() throws Exception {
    Fault.Builder onTheAccount =
        Fault.of("one", Layer.NET, Severity.CRITICAL)
            .make(stage ->
                stage
                    .its()
                    .routeTables()
                    .forEach(t ->
                        stage
                            .ec2()
                            .deleteRoute(r ->
                                r.routeTableId(t.routeTableId())
                                    .destinationCidrBlock("0.0.0.0/0"))));
    Fault.Builder onThePlan =
        Fault.of("two", Layer.NET, Severity.CRITICAL)
            .make(stage -> stage.release().variable("egress", "none"));
    List<Fault> both =
        Stream.of(onTheAccount, onThePlan)
            .map(b -> b.wrong("No way out").by(Detector.PREFLIGHT).named("net-no-egress-route"))
            .map(Fault.Builder::build)
            .toList();

    assertThat(rehearse(both))
        .allSatisfy(o -> {
          assertThat(o.trouble()).isEmpty();
          assertThat(o.named()).isTrue();
          assertThat(o.peers()).isEmpty();
        });
  }

  @Test
  void theCommittedScoreIsOfTheFaultsOfTheCatalogue() throws Exception {
    Score score = ScoreJson.read(Path.of("../docs/score.json"));
    assertThat(score.byFault())
        .as("docs/score.json is of all faults; make rehearse writes it")
        .extracting(Score.Entry::id)
        .containsExactlyInAnyOrderElementsOf(Catalogue.ALL.stream().map(Fault::id).toList());
  }

  /**
   * The whole is made by make rehearse; here a few of it, others at each commit. What the committed
   * score says was detected, or named, must be so still. They are made under other names, so that
   * nothing can go by what a fault is called.
   */
  @Test
  void theCommittedScoreHoldsForASampleOfItsFaultsWhateverTheyAreCalled() throws Exception {
    Score score = ScoreJson.read(Path.of("../docs/score.json"));
    long seed = Long.getLong("slipway.seed", head().hashCode());
    List<Score.Entry> sample = new ArrayList<>(score.byFault());
    Collections.shuffle(sample, new Random(seed));
    sample =
        sample.stream()
            .filter(e -> e.detected() && e.seconds() < SOON)
            .filter(e -> Catalogue.find(e.id()).isPresent())
            .limit(SAMPLE)
            .toList();

    List<Fault> faults = new ArrayList<>();
    for (Score.Entry entry : sample) {
      faults.add(Catalogue.find(entry.id()).orElseThrow().renamed("fault-" + faults.size()));
    }
    List<Outcome> outcomes = rehearse(faults);

    List<String> worse = new ArrayList<>();
    for (int i = 0; i < sample.size(); i++) {
      Outcome now = outcomes.get(i);
      if (!now.detected() || (sample.get(i).named() && !now.named())) {
        worse.add(sample.get(i).id() + ": " + now.causes() + " " + now.said() + now.trouble());
      }
    }
    assertThat(worse).as("worse than docs/score.json says, with -Dslipway.seed=%d", seed).isEmpty();
  }

  /** The commit that is tested, so that each tests others; nothing where git is not there. */
  private static String head() throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "rev-parse", "HEAD")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? commit.strip() : "";
  }

  @Test
  void aFaultOfAReadersOwnIsDetectedAndOneThatThrowsDoesNotEndTheRun() throws Exception {
    Fault throwing =
        Fault.of("throws", Layer.SVC, Severity.LOW)
            .wrong("The fault itself is broken")
            .make(stage -> stage.ecs().deleteCluster(r -> r.cluster("no-such-cluster")))
            .build();

    List<Outcome> outcomes = rehearse(List.of(throwing, WEIGHT_ZERO));

    assertThat(outcomes.get(0).trouble()).startsWith("ClusterNotFoundException: ");
    assertThat(outcomes.get(0).detected()).isFalse();
    assertThat(outcomes.get(1).detected()).isTrue();
    assertThat(outcomes.get(1).failed()).contains("front-door");
  }
}

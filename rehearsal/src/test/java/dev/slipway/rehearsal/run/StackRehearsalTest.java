package dev.slipway.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.catalogue.Catalogue;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.stage.ForeignStack;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Inputs;
import dev.slipway.twin.RuntimeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults in a stack that has nothing of ours: see shop/live among the resources. */
@Tag("e2e")
class StackRehearsalTest {

  private static final Path SHOP = Path.of("src/test/resources/shop/live");

  @TempDir private Path work;

  private static List<Fault> faults(String... ids) {
    return Stream.of(ids).map(id -> Catalogue.find(id).orElseThrow()).toList();
  }

  @Test
  void makesWhatCanBeMadeInAStrangersStackAndSaysWhyNotOfTheRest() throws Exception {
    ForeignStack shop = new ForeignStack(SHOP, new Inputs(List.of(), Map.of("release", "v7")), "");
    StackRehearsal.Result result;
    List<String> notes;
    try (Ground ground = Ground.up(new Ground.Options(shop, work, 30, RuntimeKind.SIMULATED, 0))) {
      notes = ground.brought().notes();
      assertThat(ground.twin().region()).isEqualTo("eu-west-1");
      assertThat(ground.brought().wanted().service()).isEqualTo("basket");
      result =
          new StackRehearsal(ground, 4, false, new Silent())
              .run(
                  faults(
                      "svc-desired-zero",
                      "alb-rule-shadowed",
                      "iam-execution-role-missing-ecr",
                      "cost-nat-left",
                      "net-nat-gateway-deleted",
                      "svc-silent-rollback",
                      "tf-apply-does-not-wait",
                      "obs-log-group-no-retention"),
                  1);
    }

    assertThat(notes)
        .containsExactly(
            "shop/basket:v7 holds a stand-in, pushed before anything ran",
            "docker.io/prom/statsd-exporter:v0.27.1 cannot be pulled here: container metrics of"
                + " service basket runs a stand-in from stand-in/basket");
    assertThat(named(result.faults()))
        .isEqualTo(
            Map.of(
                "svc-desired-zero", "named",
                "alb-rule-shadowed", "named",
                "iam-execution-role-missing-ecr", "named",
                "cost-nat-left", "named"));
    assertThat(result.left())
        .containsOnly(
            Map.entry("net-nat-gateway-deleted", "its tasks have no NAT gateway on their way out"),
            Map.entry("svc-silent-rollback", "its service has no circuit breaker that rolls back"),
            Map.entry(
                "tf-apply-does-not-wait",
                "its image is no variable of Terraform that is known here"),
            Map.entry(
                "obs-log-group-no-retention", "it is so already: obs-log-group-no-retention"));
    assertThat(result.asItIs().get("nothing deployed, slipway verify"))
        .contains("svc-breaker-off-hang", "sec-task-public-ip", "obs-log-group-no-retention");
    assertThat(result.healthy())
        .hasSize(3)
        .allSatisfy(o -> assertThat(o.detected()).as(o.fault().id() + o.said()).isFalse());
  }

  private static Map<String, String> named(List<Outcome> outcomes) {
    return outcomes.stream()
        .collect(
            Collectors.toMap(
                o -> o.fault().id(), o -> o.named() ? "named" : o.causes() + o.trouble()));
  }

  /** Nobody hears. */
  private static final class Silent implements StackRehearsal.Listener {
    @Override
    public void expect(int outcomes) {}

    @Override
    public void asItIs(Outcome outcome) {}

    @Override
    public void healthy(Outcome outcome) {}

    @Override
    public void fault(Outcome outcome) {}
  }
}

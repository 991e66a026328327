package dev.slipway.rehearsal.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.check.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our stack lacks by itself proves nothing, unless a stack that has it is not told of it. */
@Tag("e2e")
class PreparationTest {

  private static final Fault HAS_BOTH =
      Fault.of("has-both", Layer.SEC, Severity.LOW)
          .wrong("Nothing: it has HTTPS and keeps access logs")
          .on(Kind.STANDING)
          .make(stage -> {
            Https.instead(stage);
            AccessLogs.on(stage);
          })
          .build();

  @Test
  void whoeverHasHttpsAndAccessLogsIsNotToldToHaveThem(@TempDir Path work) throws Exception {
    Path root = Path.of("../terraform").toRealPath();
    List<Outcome> outcomes;
    try (Ground ground = Ground.up(new Ground.Options(root, work, 30, RuntimeKind.SIMULATED, 0))) {
      List<Fault> faults =
          List.of(
              HAS_BOTH,
              Catalogue.find("sec-unencrypted-listener-only").orElseThrow(),
              Catalogue.find("obs-no-access-logs").orElseThrow());
      outcomes = new Rehearsal(ground, 3, false, o -> {}).run(faults, 1);
    }
    assertThat(outcomes).extracting(Outcome::trouble).containsOnly("");
    assertThat(outcomes.get(0).advice())
        .doesNotContain("sec-unencrypted-listener-only", "obs-no-access-logs");
    assertThat(outcomes.get(0).causes()).isEmpty();
    assertThat(outcomes.get(1).advice()).contains("sec-unencrypted-listener-only");
    assertThat(outcomes.get(2).advice()).contains("obs-no-access-logs");
  }
}

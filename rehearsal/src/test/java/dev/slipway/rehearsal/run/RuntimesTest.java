package dev.slipway.rehearsal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.rehearsal.catalogue.Healthy;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.validation.check.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same images as real processes and as servers in this process. */
@Tag("e2e")
class RuntimesTest {

  @TempDir private Path work;

  private static Fault behaving(String id, Program program) {
    return Fault.of(id, Layer.APP, Severity.CRITICAL)
        .wrong("The program behaves so")
        .make(stage -> stage.release().program(program))
        .build();
  }

  private Map<String, String> outcomes(RuntimeKind runtime) throws Exception {
    List<Fault> faults = new ArrayList<>(Healthy.runs(1).subList(2, 3));
    faults.add(behaving("moved", Program.healthy().answering("/q/health/*", 301)));
    // Without its own word it would be waited for to the end of its grace, look after look.
    List<String> word = List.of("listening on http://127.0.0.1:5000");
    faults.add(behaving("loopback", Program.healthy().onLoopback().with("log", word)));
    faults.add(behaving("ends", Program.healthy().exiting(0.5, 1)));
    Map<String, String> outcomes = new LinkedHashMap<>();
    Path root = Path.of("../terraform").toRealPath();
    Path own = work.resolve(runtime.name());
    try (Ground ground = Ground.up(new Ground.Options(root, own, 20, runtime, 0))) {
      for (Outcome o : new Rehearsal(ground, 4, false, x -> {}).run(faults, 1)) {
        outcomes.put(
            o.fault().id(), o.trouble() + o.verdict() + o.causes().stream().limit(1).toList());
      }
    }
    return outcomes;
  }

  @Test
  void anImageDoesTheSameAsAProcessAndAsAServerInThisJvm() throws Exception {
    Map<String, String> simulated;
    Map<String, String> processes;
    // Both mostly wait for the time of their worlds.
    try (ExecutorService two = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Map<String, String>> one = two.submit(() -> outcomes(RuntimeKind.SIMULATED));
      processes = outcomes(RuntimeKind.PROCESS);
      simulated = one.get();
    }

    assertThat(simulated)
        .containsEntry("healthy: update, rollback on 1", "PASS[]")
        .containsEntry("moved", "FAIL[app-health-redirects]")
        .containsEntry("loopback", "FAIL[app-binds-loopback]");
    assertThat(processes).isEqualTo(simulated);
  }
}

package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of the task definition. */
final class DefinitionFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("td-app-port-mismatch", Layer.TD, Severity.CRITICAL)
              .wrong(
                  "The container port is the same everywhere, and the program listens on another one")
              .make(stage -> {
                int other = stage.its().port() == 8080 ? 8081 : 8080;
                stage
                    .release()
                    .program(
                        Program.healthy()
                            .onPort(other)
                            .with("log", List.of("listening on " + other)));
              })
              .seenBy("rollout", "targets")
              .named("td-app-port-mismatch")
              .build());

  private DefinitionFaults() {}
}

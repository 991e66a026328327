package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.validation.check.Severity;
import java.util.List;
import java.util.Map;

/** Faults of the application. */
final class ApplicationFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("app-health-redirects", Layer.APP, Severity.HIGH)
              .wrong("The health path answers 301")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(
                                  stage.its().targetGroup().healthCheckPath(),
                                  Map.of("status", 301, "headers", Map.of("Location", "/login")))))
              .seenBy("rollout", "targets")
              .named("app-health-redirects")
              .build());

  private ApplicationFaults() {}
}

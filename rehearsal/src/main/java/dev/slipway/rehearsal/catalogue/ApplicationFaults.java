package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Program;
import dev.slipway.rehearsal.stage.Stage;
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
              .build(),
          Fault.of("app-binds-loopback", Layer.APP, Severity.CRITICAL)
              .wrong("The program listens on the loopback address only")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .onLoopback()
                              .with(
                                  "log", List.of("listening on http://127.0.0.1:" + port(stage)))))
              .seenBy("rollout", "targets")
              .build(),
          Fault.of("app-serves-old-build", Layer.APP, Severity.HIGH)
              .wrong("The image of the new commit holds the program of the last one")
              .make(stage ->
                  stage
                      .release()
                      .program(
                          Program.healthy()
                              .answering(
                                  stage.its().targetGroup().healthCheckPath(),
                                  stage.its().healthyStatus())
                              .answering("/*", Map.of("body", "{\"revision\": \"5eed000\"}\n"))))
              .seenBy("front-door")
              .build());

  private ApplicationFaults() {}

  private static int port(Stage stage) {
    return stage.its().container().portMappings().getFirst().containerPort();
  }
}

package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of the service and its rollout. */
final class ServiceFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("svc-desired-zero", Layer.SVC, Severity.CRITICAL)
              .wrong("The desired count is zero: everything that asks about all tasks holds")
              .on(Kind.STANDING)
              .make(stage ->
                  stage
                      .ecs()
                      .updateService(r ->
                          r.cluster(stage.its().cluster())
                              .service(stage.its().service())
                              .desiredCount(0)))
              .seenBy("tasks")
              .named("svc-desired-zero")
              .build(),
          Fault.of("svc-not-updated", Layer.SVC, Severity.HIGH)
              .wrong("The new revision was registered, and the service was never told")
              .make(stage -> stage.release().withoutUpdate())
              .seenBy("rollout")
              .named("svc-not-updated")
              .build());

  private ServiceFaults() {}
}

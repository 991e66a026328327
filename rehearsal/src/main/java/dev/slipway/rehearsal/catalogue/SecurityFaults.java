package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of what keeps a deployment's requests to itself. */
final class SecurityFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("sec-unencrypted-listener-only", Layer.SEC, Severity.LOW)
              .wrong("The HTTPS listener was deleted, and plain HTTP leads to the service instead")
              .on(Kind.STANDING)
              .make(stage -> {
                Https.instead(stage);
                Https.noMore(stage);
              })
              .seenBy("front-door-posture")
              .needs(Need.INTERNET_FACING, Need.BY_DEFAULT)
              .build());

  private SecurityFaults() {}
}

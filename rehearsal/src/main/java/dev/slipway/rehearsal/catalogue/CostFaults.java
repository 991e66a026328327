package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.DomainType;

/** What is left, and costs. After a destroy the causes are the sweep's kinds of things. */
final class CostFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("cost-eip-left", Layer.COST, Severity.MEDIUM)
              .wrong("An address that was allocated by hand is still there after the destroy")
              .on(Kind.DESTROY)
              .make(stage -> stage.ec2().allocateAddress(r -> r.domain(DomainType.VPC)))
              .named("elastic-ip")
              .build());

  private CostFaults() {}
}

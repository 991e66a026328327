package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All known faults. A new one is an entry of its layer's class: see docs/rehearsal.md. */
public final class Catalogue {

  /** The faults, layer by layer. */
  public static final List<Fault> ALL =
      Stream.of(
              NetworkFaults.ALL,
              EgressFaults.ALL,
              ReachFaults.ALL,
              IdentityFaults.ALL,
              RoleFaults.ALL,
              DeployerFaults.ALL,
              ImageFaults.ALL,
              PullFaults.ALL,
              RegistryFaults.ALL,
              DefinitionFaults.ALL,
              ContainerFaults.ALL,
              ApplicationFaults.ALL,
              ProgramFaults.ALL,
              FrontDoorFaults.ALL,
              TargetFaults.ALL,
              ServiceFaults.ALL,
              CostFaults.ALL,
              RolloutFaults.ALL,
              ObservabilityFaults.ALL,
              SecurityFaults.ALL,
              DriftFaults.ALL,
              PlanFaults.ALL)
          .flatMap(List::stream)
          .toList();

  private Catalogue() {}

  /** A fault by its id. */
  public static Optional<Fault> find(String id) {
    return ALL.stream().filter(f -> f.id().equals(id)).findFirst();
  }
}

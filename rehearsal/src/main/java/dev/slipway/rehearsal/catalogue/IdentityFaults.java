package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of roles and trust. */
final class IdentityFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("iam-execution-role-missing-ecr", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role may not pull from the registry")
              .make(stage -> Policies.deleteAll(stage, stage.its().executionRole()))
              .seenBy("rollout", "tasks")
              .named("iam-execution-role-missing-ecr")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-role-trust-wrong", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role trusts EC2, so no task is ever made")
              .make(stage ->
                  Policies.trust(
                      stage,
                      "\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},\"Action\":\"sts:AssumeRole\""))
              .seenBy("rollout", "tasks")
              .needs(Need.EXECUTION_ROLE)
              .build());

  private IdentityFaults() {}
}

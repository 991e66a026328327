package dev.slipway.validation.plan;

import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.preflight.Names;
import java.util.List;

/**
 * A service as a plan will have it.
 *
 * @param address its Terraform address
 * @param snapshot the service and what it depends on, as if it were there
 * @param wanted its cluster and name
 * @param applying what would go wrong while the plan is applied, whatever the service is then
 * @param names the Terraform address of each id in the snapshot
 */
public record Prospect(
    String address, Snapshot snapshot, Wanted wanted, List<Cause> applying, Names names) {}

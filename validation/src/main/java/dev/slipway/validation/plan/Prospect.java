package dev.slipway.validation.plan;

import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.preflight.Names;

/**
 * A service as a plan will have it.
 *
 * @param address its Terraform address
 * @param snapshot the service and what it depends on, as if it were there
 * @param wanted its cluster and name
 * @param names the Terraform address of each id in the snapshot
 */
public record Prospect(String address, Snapshot snapshot, Wanted wanted, Names names) {}

package dev.slipway.validation.observe;

/**
 * What a user asks for beyond the usual.
 *
 * @param probeRate steady requests a second during rollout and soak; 0 for none
 * @param state what Terraform believes to be there
 */
public record Extras(int probeRate, TerraformState state) {

  /** Nothing beyond the usual. */
  public static final Extras NONE = new Extras(0, TerraformState.NONE);
}

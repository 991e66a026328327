package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;

/**
 * One resource type: translates between Terraform's attributes and the requests of the AWS SDK, and
 * does nothing that it does not ask of the API. Stateless; may wait, in world time, through {@link
 * Context#waiter()}.
 */
public interface ResourceHandler {

  /** The resource type, for instance {@code aws_vpc}. */
  String type();

  /** What error messages call it, for instance {@code EC2 VPC}. */
  String label();

  /** What a plan must know beyond the schema. */
  default Traits traits() {
    return new Traits();
  }

  /** Changes a plan that follows from the schema alone. */
  default void customize(PlanEdit plan) {}

  /**
   * Creates the resource and sets its {@code id} as soon as AWS has it: what fails after that
   * leaves a tainted resource. Reading it follows by itself.
   */
  void create(Context context, Attributes planned);

  /**
   * Reads the resource into its attributes.
   *
   * @return false when it does not exist; an error that says "not found" means the same
   */
  boolean read(Context context, Attributes state);

  /** Brings the resource from its prior to its planned state. Reading it follows by itself. */
  default void update(Context context, Attributes prior, Attributes planned) {
    throw new UnsupportedOperationException("no attribute of " + type() + " can be changed");
  }

  /** Deletes the resource; an error that says "not found" is a success. */
  void delete(Context context, Attributes state);

  /** Sets what {@link #read} needs, from the id that a person gives to an import. */
  default void importById(Context context, String id, Attributes state) {
    state.set("id", id);
  }
}

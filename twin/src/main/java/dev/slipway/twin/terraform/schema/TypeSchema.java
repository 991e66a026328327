package dev.slipway.twin.terraform.schema;

import dev.slipway.twin.terraform.value.Type.ObjectOf;

/**
 * The schema of a resource type or data source.
 *
 * @param version the version that a state file records
 * @param framework whether the real provider has it without the legacy type system
 * @param type the object type of its values
 */
public record TypeSchema(String name, int version, boolean framework, Block block, ObjectOf type) {

  /** A schema whose type follows from its block. */
  public TypeSchema(String name, int version, boolean framework, Block block) {
    this(name, version, framework, block, block.type());
  }
}

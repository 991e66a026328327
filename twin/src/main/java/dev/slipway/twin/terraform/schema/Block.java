package dev.slipway.twin.terraform.schema;

import dev.slipway.twin.terraform.value.Type;
import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.SetOf;
import java.util.Map;
import java.util.TreeMap;

/** The attributes and nested blocks of a resource, data source, provider or nested block. */
public record Block(Map<String, Attribute> attributes, Map<String, Nested> blocks) {

  /** How often a nested block may stand, and whether order counts. */
  public enum Nesting {
    /** At most one, an object. */
    SINGLE,
    /** In order. */
    LIST,
    /** Without order. */
    SET
  }

  /**
   * A nested block.
   *
   * @param min the least number of blocks
   * @param max the largest number, 0 for any
   * @param computed whether the provider fills it in when the configuration has none
   * @param forceNew whether a change of it needs a new resource
   */
  public record Nested(
      String name,
      Nesting nesting,
      int min,
      int max,
      boolean computed,
      boolean forceNew,
      Block block) {

    /** The type of all its occurrences together. */
    public Type type() {
      ObjectOf object = block.type();
      return switch (nesting) {
        case SINGLE -> object;
        case LIST -> new ListOf(object);
        case SET -> new SetOf(object);
      };
    }
  }

  /** The object type of a value of this block. */
  public ObjectOf type() {
    Map<String, Type> types = new TreeMap<>();
    attributes.forEach((name, attribute) -> types.put(name, attribute.type()));
    blocks.forEach((name, nested) -> types.put(name, nested.type()));
    return new ObjectOf(types);
  }
}

package dev.slipway.twin.terraform.schema;

import dev.slipway.twin.terraform.value.Type;
import dev.slipway.twin.terraform.value.Value;
import java.util.List;

/**
 * An attribute of a block as the provider declares it.
 *
 * @param defaultValue the null value when there is none
 * @param conflicts attributes of the same resource that may not be set together with this one
 * @param oneOf attributes of which exactly one must be set, empty when the rule does not apply
 */
public record Attribute(
    String name,
    Type type,
    boolean required,
    boolean optional,
    boolean computed,
    boolean forceNew,
    boolean sensitive,
    Value defaultValue,
    List<String> conflicts,
    List<String> oneOf) {}

package dev.slipway.twin.terraform.plan;

import dev.slipway.twin.terraform.schema.Attribute;
import dev.slipway.twin.terraform.schema.Block;
import dev.slipway.twin.terraform.schema.Block.Nested;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Value;
import dev.slipway.twin.terraform.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans a resource from its configuration and its prior state, as the AWS provider does by its
 * schema alone: defaults, what is known only after the apply, and what stays because it means the
 * same. Stateless but for the type that it plans for.
 */
public final class Planner {

  private final TypeSchema schema;
  private final Traits traits;
  private final Sameness sameness;

  /** A planner for a resource type. */
  public Planner(TypeSchema schema, Traits traits) {
    this.schema = schema;
    this.traits = traits;
    this.sameness = new Sameness(!schema.framework());
  }

  /**
   * The planned state. Where nothing changes, it is made of the very values of the prior state.
   *
   * @param prior the state before, or the null value for a resource that does not exist yet
   * @param defaultTags the provider's default tags
   */
  public Value plan(Value prior, Value.Obj config, Map<String, String> defaultTags) {
    Map<String, Value> planned =
        new LinkedHashMap<>(block(schema.block(), prior, config, "").entries());
    if (planned.containsKey("tags") && planned.containsKey("tags_all")) {
      Value before = prior instanceof Value.Obj object ? object.get("tags_all") : Values.NULL;
      Value after = allTags(planned.get("tags"), defaultTags);
      boolean same =
          sameness.test(schema.block().attributes().get("tags_all").type(), before, after);
      planned.put("tags_all", same ? before : after);
    }
    return new Value.Obj(planned);
  }

  /** Names of the attributes and blocks at the top whose change needs a new resource. */
  public List<String> replacing(Value.Obj prior, Value.Obj planned) {
    List<String> names = new ArrayList<>();
    Block block = schema.block();
    block.attributes().values().stream()
        .filter(a -> a.forceNew() && changed(a, prior, planned))
        .forEach(a -> names.add(a.name()));
    block.blocks().values().stream()
        .filter(n -> replaces(n, prior.get(n.name()), planned.get(n.name())))
        .forEach(n -> names.add(n.name()));
    return names;
  }

  private static Value allTags(Value tags, Map<String, String> defaultTags) {
    if (!tags.isWhollyKnown()) {
      return Values.UNKNOWN;
    }
    Map<String, Value> all = new LinkedHashMap<>();
    defaultTags.forEach((key, value) -> all.put(key, Value.of(value)));
    if (tags instanceof Value.Obj(var own)) {
      all.putAll(own);
    }
    return new Value.Obj(all);
  }

  private Value.Obj block(Block block, Value prior, Value.Obj config, String path) {
    Map<String, Value> planned = new LinkedHashMap<>();
    block
        .attributes()
        .forEach((name, attribute) ->
            planned.put(name, attribute(attribute, prior, config.get(name), path + name)));
    block
        .blocks()
        .forEach((name, nested) -> {
          Value before = prior instanceof Value.Obj object ? object.get(name) : null;
          planned.put(name, nested(nested, before, config.get(name), path + name));
        });
    return new Value.Obj(planned);
  }

  private Value attribute(Attribute attribute, Value parent, Value config, String path) {
    boolean creating = !(parent instanceof Value.Obj);
    Value before = parent instanceof Value.Obj object ? object.get(attribute.name()) : Values.NULL;
    Value wanted = config;
    if (wanted.isNull()) {
      if (!attribute.defaultValue().isNull()) {
        wanted = attribute.defaultValue();
      } else if (attribute.computed()) {
        return creating ? Values.UNKNOWN : before;
      } else if (traits.keeps(path)) {
        return before;
      }
    }
    boolean same =
        !creating
            && (sameness.test(attribute.type(), before, wanted)
                || traits.areSame(path, before, wanted));
    return same ? before : wanted;
  }

  /** Plans all blocks of a name; {@code prior} is null while their parent is new. */
  private Value nested(Nested nested, Value prior, Value config, String path) {
    if (config.isUnknown() || nested.nesting() == Block.Nesting.SINGLE) {
      return config;
    }
    List<Value> wanted = config instanceof Value.Seq(var items) ? items : List.of();
    List<Value> before = prior instanceof Value.Seq(var items) ? items : List.of();
    if (wanted.isEmpty()) {
      if (prior == null) {
        return nested.computed() ? Values.UNKNOWN : new Value.Seq(List.of());
      }
      boolean stays = nested.computed() || traits.keeps(path);
      return new Value.Seq(stays ? before : List.of());
    }
    return nested.nesting() == Block.Nesting.LIST
        ? list(nested, before, wanted, path)
        : set(nested, before, wanted, path);
  }

  private Value list(Nested nested, List<Value> before, List<Value> wanted, String path) {
    List<Value> planned = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Value prior = i < before.size() ? before.get(i) : Values.NULL;
      planned.add(element(nested, prior, wanted.get(i), path));
    }
    return new Value.Seq(planned);
  }

  /** A wanted element is a prior one when planning the one over the other changes nothing. */
  private Value set(Nested nested, List<Value> before, List<Value> wanted, String path) {
    List<Value> left = new ArrayList<>(before);
    List<Value> planned = new ArrayList<>();
    for (Value item : wanted) {
      Value match = Values.NULL;
      for (Value prior : left) {
        if (element(nested, prior, item, path).equals(prior)) {
          match = prior;
          break;
        }
      }
      left.remove(match);
      planned.add(match.isNull() ? element(nested, Values.NULL, item, path) : match);
    }
    boolean unchanged = left.isEmpty() && planned.size() == before.size();
    return new Value.Seq(unchanged && before.containsAll(planned) ? before : planned);
  }

  private Value element(Nested nested, Value prior, Value config, String path) {
    return config instanceof Value.Obj object
        ? block(nested.block(), prior, object, path + ".")
        : config;
  }

  private boolean changed(Attribute attribute, Value.Obj prior, Value.Obj planned) {
    Value before = prior.get(attribute.name());
    Value after = planned.get(attribute.name());
    return !before.equals(after) && !sameness.test(attribute.type(), before, after);
  }

  private boolean replaces(Nested nested, Value prior, Value planned) {
    if (prior.equals(planned) || sameness.test(nested.type(), prior, planned)) {
      return false;
    }
    List<Value> before = prior instanceof Value.Seq(var items) ? items : List.of();
    if (!(planned instanceof Value.Seq(var after))
        || nested.nesting() != Block.Nesting.LIST
        || before.size() != after.size()) {
      return nested.forceNew() || allForceNew(nested.block());
    }
    for (int i = 0; i < after.size(); i++) {
      if (before.get(i) instanceof Value.Obj one
          && after.get(i) instanceof Value.Obj other
          && replaces(nested.block(), one, other)) {
        return true;
      }
    }
    return false;
  }

  private boolean replaces(Block block, Value.Obj prior, Value.Obj planned) {
    return block.attributes().values().stream()
            .anyMatch(a -> a.forceNew() && changed(a, prior, planned))
        || block.blocks().values().stream()
            .anyMatch(n -> replaces(n, prior.get(n.name()), planned.get(n.name())));
  }

  private static boolean allForceNew(Block block) {
    return !block.attributes().isEmpty()
        && block.attributes().values().stream().allMatch(Attribute::forceNew);
  }
}

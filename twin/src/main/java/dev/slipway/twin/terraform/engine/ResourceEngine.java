package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.plan.PlanEdit;
import dev.slipway.twin.terraform.plan.Planner;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Value;
import dev.slipway.twin.terraform.value.Values;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The life of the resources of one type: plan, apply, read and import, around its handler. */
public final class ResourceEngine {

  private final TypeSchema schema;
  private final ResourceHandler handler;
  private final Planner planner;

  /** A plan: the state to come, and what of it needs a new resource. */
  public record Plan(Value planned, Set<String> replacing) {}

  /** The state after an apply, and what went wrong with it. */
  public record Applied(Value state, Optional<String> error) {}

  /** An engine for a type. */
  public ResourceEngine(TypeSchema schema, ResourceHandler handler) {
    this.schema = schema;
    this.handler = handler;
    this.planner = new Planner(schema, handler.traits());
  }

  /** The type's schema. */
  public TypeSchema schema() {
    return schema;
  }

  /** Plans a creation or a change. */
  public Plan plan(Value prior, Value.Obj config, Map<String, String> defaultTags) {
    Value planned = planner.plan(prior, config, defaultTags);
    boolean creating = !(prior instanceof Value.Obj);
    Set<String> replacing = new LinkedHashSet<>();
    if (prior instanceof Value.Obj before && planned instanceof Value.Obj after) {
      replacing.addAll(planner.replacing(before, after));
    }
    Attributes edited = new Attributes(planned);
    PlanEdit edit =
        new PlanEdit(creating, new Attributes(prior), new Attributes(config), edited, replacing);
    handler.customize(edit);
    return new Plan(edited.toValue(), edit.replacing());
  }

  /** Creates, changes or deletes, as prior and planned state say. */
  public Applied apply(Context context, Value prior, Value planned) {
    if (planned.isNull()) {
      return delete(context, prior);
    }
    return prior.isNull() ? create(context, planned) : update(context, prior, planned);
  }

  /** The state as AWS has it now; the null value when the resource is gone. */
  public Value read(Context context, Value state) {
    Attributes attributes = new Attributes(state);
    return exists(context, attributes) ? attributes.toState(schema.type()) : Values.NULL;
  }

  /** The state from which an import reads. */
  public Value importState(Context context, String id) {
    Attributes state = new Attributes();
    handler.importById(context, id, state);
    schema.block().blocks().values().stream()
        .filter(nested -> !nested.type().equals(nested.block().type()))
        .filter(nested -> state.get(nested.name()).isNull())
        .forEach(nested -> state.setNoBlocks(nested.name()));
    return state.toState(schema.type());
  }

  private boolean exists(Context context, Attributes state) {
    try {
      return handler.read(context, state);
    } catch (CallFailed e) {
      if (e.isGone()) {
        return false;
      }
      throw new IllegalStateException(sentence("reading", state, e), e);
    }
  }

  private Applied create(Context context, Value planned) {
    Attributes state = new Attributes(planned);
    state.set("id", Values.NULL);
    try {
      handler.create(context, state);
    } catch (RuntimeException e) {
      Value left = state.has("id") ? state.toState(schema.type()) : Values.NULL;
      return new Applied(left, Optional.of(sentence("creating", state, e)));
    }
    return readBack(context, state, "creating");
  }

  private Applied update(Context context, Value prior, Value planned) {
    Attributes state = new Attributes(planned);
    try {
      handler.update(context, new Attributes(prior), state);
    } catch (RuntimeException e) {
      return new Applied(prior, Optional.of(sentence("updating", state, e)));
    }
    return readBack(context, state, "updating");
  }

  private Applied readBack(Context context, Attributes state, String doing) {
    try {
      boolean exists = exists(context, state);
      return new Applied(
          state.toState(schema.type()),
          exists
              ? Optional.empty()
              : Optional.of(doing + " " + handler.label() + ": couldn't find resource"));
    } catch (RuntimeException e) {
      return new Applied(state.toState(schema.type()), Optional.of(message(e)));
    }
  }

  private Applied delete(Context context, Value prior) {
    Attributes state = new Attributes(prior);
    try {
      handler.delete(context, state);
    } catch (CallFailed e) {
      if (!e.isGone()) {
        return new Applied(prior, Optional.of(sentence("deleting", state, e)));
      }
    } catch (RuntimeException e) {
      return new Applied(prior, Optional.of(sentence("deleting", state, e)));
    }
    return new Applied(Values.NULL, Optional.empty());
  }

  private String sentence(String doing, Attributes state, RuntimeException e) {
    String which = state.text("id", state.text("name", ""));
    return doing
        + " "
        + handler.label()
        + (which.isEmpty() ? "" : " (" + which + ")")
        + ": "
        + message(e);
  }

  static String message(RuntimeException e) {
    return e instanceof UnsupportedOperationException
        ? "not supported by the twin: " + e.getMessage()
        : e.getMessage() == null ? e.toString() : e.getMessage();
  }
}

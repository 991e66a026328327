package dev.slipway.twin.terraform.plan;

import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.terraform.value.Values;
import java.util.LinkedHashSet;
import java.util.Set;

/** A plan in the making, for what a resource type decides beyond its schema. */
public final class PlanEdit {

  private final boolean creating;
  private final Attributes prior;
  private final Attributes config;
  private final Attributes planned;
  private final Set<String> replacing;

  /** A plan that can still be changed. */
  public PlanEdit(
      boolean creating,
      Attributes prior,
      Attributes config,
      Attributes planned,
      Set<String> replacing) {
    this.creating = creating;
    this.prior = prior;
    this.config = config;
    this.planned = planned;
    this.replacing = new LinkedHashSet<>(replacing);
  }

  /** Whether the resource does not exist yet. */
  public boolean creating() {
    return creating;
  }

  /** The state before. */
  public Attributes prior() {
    return prior;
  }

  /** What the configuration says. */
  public Attributes config() {
    return config;
  }

  /** The planned state, to be changed. */
  public Attributes planned() {
    return planned;
  }

  /** Whether one of the attributes will change. */
  public boolean changes(String... names) {
    return !creating && planned.differs(prior, names);
  }

  /** Makes attributes known only after the apply. */
  public void unknown(String... names) {
    for (String name : names) {
      planned.set(name, Values.UNKNOWN);
    }
  }

  /** Demands a new resource because of an attribute that changes. */
  public void replace(String name) {
    replacing.add(name);
  }

  /** Takes back that the attribute's change needs a new resource. */
  public void keep(String name) {
    replacing.remove(name);
  }

  /** The attributes and blocks whose change needs a new resource. */
  public Set<String> replacing() {
    return replacing;
  }
}

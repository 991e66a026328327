package dev.slipway.rehearsal.fault;

import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Step;
import dev.slipway.validation.check.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * A way in which a deployment goes wrong: a real misconfiguration, and what shall be said of it.
 * Nothing tells the twin or the verifier which one it is; the id is a name for people.
 *
 * @param id its name
 * @param layer where it lies
 * @param severity how bad it is
 * @param wrong what is wrong, in a sentence
 * @param kind the deployment that it meets
 * @param detector the command that shall see it
 * @param make how it is made, before the deployment
 * @param afterwards what happens once the deployment is steady
 * @param checks the checks of which at least one shall fail; empty for any
 * @param causes the cause that shall come first, and others that are as right
 * @param clue what a message that names the fault contains beside the resource's id, as a regular
 *     expression; empty for nothing else
 * @param sources where people met it
 * @param needs what a stack must have so that it can be made there
 */
public record Fault(
    String id,
    Layer layer,
    Severity severity,
    String wrong,
    Kind kind,
    Detector detector,
    Step make,
    Step afterwards,
    List<String> checks,
    List<String> causes,
    String clue,
    List<String> sources,
    List<Need> needs) {

  /** Starts to describe a fault, whose cause has its name unless another is named. */
  public static Builder of(String id, Layer layer, Severity severity) {
    return new Builder(id, layer, severity);
  }

  /** Whether a cause is a right one. */
  public boolean isNamedBy(String cause) {
    return causes.contains(cause);
  }

  /** The same fault under another name. */
  public Fault renamed(String other) {
    return new Fault(
        other,
        layer,
        severity,
        wrong,
        kind,
        detector,
        make,
        afterwards,
        checks,
        causes,
        clue,
        sources,
        needs);
  }

  /** Describes a fault; a fault is ready when {@link #make} or {@link #afterwards} is told. */
  public static final class Builder {
    private final String id;
    private final Layer layer;
    private final Severity severity;
    private String wrong = "";
    private Kind kind = Kind.UPDATE;
    private Detector detector;
    private Step make = Step.NONE;
    private Step afterwards = Step.NONE;
    private List<String> checks = List.of();
    private final List<String> causes = new ArrayList<>();
    private String clue = "";
    private List<String> sources = List.of();
    private List<Need> needs = List.of();

    private Builder(String id, Layer layer, Severity severity) {
      this.id = id;
      this.layer = layer;
      this.severity = severity;
    }

    /** What is wrong, in a sentence. */
    public Builder wrong(String sentence) {
      wrong = sentence;
      return this;
    }

    /** The kind of deployment; an update with rollback when nothing is said. */
    public Builder on(Kind deployment) {
      kind = deployment;
      return this;
    }

    /** The command that shall see it; else verify, or the sweep after a destroy. */
    public Builder by(Detector command) {
      detector = command;
      return this;
    }

    /** How it is made: runs before the deployment, which it may change. */
    public Builder make(Step step) {
      make = step;
      return this;
    }

    /** What happens once the deployment is steady, before anybody verifies it. */
    public Builder afterwards(Step step) {
      afterwards = step;
      return this;
    }

    /** The checks of which at least one shall fail. */
    public Builder seenBy(String... ids) {
      checks = List.of(ids);
      return this;
    }

    /** The cause that shall come first, and others that are as right. */
    public Builder named(String first, String... orElse) {
      causes.add(first);
      causes.addAll(List.of(orElse));
      return this;
    }

    /**
     * What a peer's message contains when it names the fault, as a regular expression, where the
     * resource's id is not enough or is the service itself.
     */
    public Builder clue(String regex) {
      clue = regex;
      return this;
    }

    /** Where people met it. */
    public Builder source(String... urls) {
      sources = List.of(urls);
      return this;
    }

    /** What a stack must have so that it can be made there. */
    public Builder needs(Need... all) {
      needs = List.of(all);
      return this;
    }

    /** The fault. */
    public Fault build() {
      if (wrong.isEmpty() || (make == Step.NONE && afterwards == Step.NONE)) {
        throw new IllegalStateException(id + " does not say what is wrong, or how it is made");
      }
      return new Fault(
          id,
          layer,
          severity,
          wrong,
          kind,
          detector == null ? Detector.of(kind) : detector,
          make,
          afterwards,
          checks,
          causes.isEmpty() ? List.of(id) : List.copyOf(causes),
          clue,
          sources,
          needs);
    }
  }
}

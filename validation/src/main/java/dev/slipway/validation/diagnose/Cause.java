package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.CauseCatalogue;
import dev.slipway.validation.check.Severity;
import java.util.List;

/**
 * Why a deployment is not what it ought to be, and what to do.
 *
 * @param id its id in the {@link CauseCatalogue}
 * @param resource the one resource to change
 * @param explanation what is wrong, in one or two sentences
 * @param fix the change to make
 * @param evidence what shows it, one line each
 * @param rank where it stands: causes nearer to the root come first
 * @param decisive whether waiting is pointless because of it
 * @param severity how bad it is
 */
public record Cause(
    String id,
    String resource,
    String explanation,
    Fix fix,
    List<String> evidence,
    Rank rank,
    boolean decisive,
    Severity severity) {

  /** A cause that is as bad as the catalogue says. */
  public Cause(
      String id,
      String resource,
      String explanation,
      Fix fix,
      List<String> evidence,
      Rank rank,
      boolean decisive) {
    this(
        id, resource, explanation, fix, evidence, rank, decisive, CauseCatalogue.of(id).severity());
  }

  /** The page that tells all of it, relative to Slipway's repository. */
  public String page() {
    return CauseCatalogue.of(id).page();
  }

  /** The page of AWS's documentation that tells most of it. */
  public String link() {
    return CauseCatalogue.of(id).link();
  }

  /** The same with more evidence. */
  Cause with(List<String> more) {
    List<String> all = new java.util.ArrayList<>(evidence);
    more.stream().filter(m -> !all.contains(m)).forEach(all::add);
    return new Cause(id, resource, explanation, fix, List.copyOf(all), rank, decisive, severity);
  }

  /**
   * A change.
   *
   * @param change what to change, in one sentence
   * @param terraform the change as Terraform
   * @param cli the change as AWS CLI
   */
  public record Fix(String change, String terraform, String cli) {}

  /** How near to the root a cause lies. */
  public enum Rank {
    /** What has to be there before a task can be placed or started. */
    START,
    /** What makes a started task unfit. */
    APPLICATION,
    /** What keeps requests from a fit task. */
    FRONT_DOOR,
    /** How the scheduler is told to roll out. */
    ROLLOUT,
    /** What does not keep the service from serving now. */
    POSTURE,
    /** What follows from something else and is a cause only when that is not seen. */
    SYMPTOM,
    /** AWS's own words, which no rule knows. */
    WORDS,
    /** What the scheduler did about it, which says least of why. */
    OUTCOME
  }
}

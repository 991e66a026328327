package dev.slipway.validation.check;

import dev.slipway.validation.observe.Snapshot;

/** One thing that must hold of a deployment. A pure function: it neither waits nor asks. */
public interface Check {

  /** Its id in reports, for instance {@code rollout}. */
  String id();

  /** What it makes sure of, in a few words for people. */
  String title();

  /** What is expected, for the report. */
  String expected(Goal goal);

  /** Judges one snapshot. */
  Judgement judge(Snapshot snapshot, Goal goal);
}

package dev.slipway.rehearsal.fault;

import dev.slipway.rehearsal.stage.Kind;

/** Which of Slipway's commands is asked about a fault. */
public enum Detector {
  /** After the deployment. */
  VERIFY("slipway verify"),
  /** After the deployment, with steady requests from its begin on. */
  PROBE("slipway verify --probe"),
  /** After the deployment, and then for a while that it stays so. */
  SOAK("slipway verify --soak 5m"),
  /** After the deployment, with what Terraform believes to be there. */
  STATE("slipway verify --terraform-state"),
  /** Before the deployment, which is then not made: on the live account, or on Terraform's plan. */
  PREFLIGHT("slipway preflight"),
  /** After a destroy. */
  SWEEP("slipway sweep");

  private final String command;

  Detector(String command) {
    this.command = command;
  }

  /** The command. */
  public String command() {
    return command;
  }

  /** Who is asked when nothing else is said. */
  static Detector of(Kind kind) {
    return kind == Kind.DESTROY ? SWEEP : VERIFY;
  }
}

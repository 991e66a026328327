package dev.slipway.rehearsal;

import picocli.CommandLine;

/** The command in a process of its own. */
public final class RehearseMain {

  private RehearseMain() {}

  /** Runs it and exits with its code. */
  public static void main(String[] words) {
    System.exit(new CommandLine(new RehearseCommand()).execute(words));
  }
}

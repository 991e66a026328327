package dev.slipway.twin.command;

import java.util.List;

/** Why a {@code slipway twin} command cannot do its work, in four parts; exit code 2. */
final class TwinProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * A problem.
   *
   * @param what what failed, on what
   * @param seen what is, against what was needed
   * @param cause the likely cause
   * @param tries the next commands
   */
  TwinProblem(String what, String seen, String cause, List<String> tries) {
    super(
        what
            + "\n  seen    "
            + seen
            + "\n  cause   "
            + cause
            + "\n  try     "
            + String.join("\n  try     ", tries),
        null,
        false,
        false);
  }
}

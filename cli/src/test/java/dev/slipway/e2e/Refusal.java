package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person must see who asked for something that cannot be. */
final class Refusal {

  private static final int WRONG_USE = 2;

  private Refusal() {}

  /** A message in four parts, and exit code 2; make says so in a line of its own. */
  static void in(Checkout.Result result, String... words) {
    assertThat(result.exitCode()).as(result.output()).isEqualTo(WRONG_USE);
    if (result.output().lines().anyMatch(line -> line.startsWith("make: ***"))) {
      assertThat(result.output()).contains("Error 2");
    }
    assertThat(result.output())
        .containsPattern("(?m)^\\S.*\\n  seen +\\S.*\\n  cause +\\S.*\\n  try +\\S")
        .contains(words);
  }
}

package dev.slipway.rehearsal.catalogue;

import java.util.Map;
import java.util.TreeMap;

/**
 * Faults of the catalogue that are not rehearsed, because nobody who looks at a deployment through
 * AWS's API and its front door can see them.
 */
public final class Unseen {

  /** Each fault's id with the reason. */
  public static final Map<String, String> ALL = new TreeMap<>();

  static {
    ALL.put(
        "pipe-old-action-version",
        "it lies in a workflow file, which no API of AWS shows; what follows from it is"
            + " svc-silent-rollback, which is rehearsed");
    ALL.put(
        "pipe-exit-code-swallowed",
        "the verifier exits with 1, and what a shell makes of that it cannot know");
    ALL.put("pipe-error-without-message", "it is what another tool prints");
    ALL.put(
        "tf-steady-state-clock-skew", "it lies in the clock of the machine that runs Terraform");
    ALL.put(
        "tf-state-lock-stale", "Terraform itself stops, and nothing of the deployment has changed");
    ALL.put("sec-metadata-credentials-reachable", "it lies in the program's own code");
  }

  private Unseen() {}
}

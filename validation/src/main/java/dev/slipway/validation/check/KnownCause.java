package dev.slipway.validation.check;

import java.util.Locale;

/**
 * What is known of a cause, whatever resource it is found on.
 *
 * @param id its id; the part before the first hyphen is its layer
 * @param severity how bad it is at its worst
 * @param title what it is, in a few words
 * @param wrong what is wrong
 * @param shows how it shows
 * @param fix how it is put right
 * @param link the page of AWS's documentation that tells most of it
 */
public record KnownCause(
    String id,
    Severity severity,
    String title,
    String wrong,
    String shows,
    String fix,
    String link) {

  /** Its page in this repository. */
  public String page() {
    return "docs/causes/" + id + ".md";
  }

  /** The part of a deployment in which it lies. */
  public Layer layer() {
    return Layer.valueOf(id.substring(0, id.indexOf('-')).toUpperCase(Locale.ROOT));
  }

  /** The parts of a deployment, from the ground up. */
  public enum Layer {
    /** Routes, endpoints, security groups, addresses. */
    NET("Network"),
    /** Roles and what they may do. */
    IAM("Roles"),
    /** The image and its registry. */
    IMG("Image"),
    /** The task definition. */
    TD("Task definition"),
    /** The application in its container. */
    APP("Application"),
    /** Load balancer, listeners, rules, target groups. */
    ALB("Load balancer"),
    /** The service and its rollouts. */
    SVC("Service and rollout"),
    /** What Terraform does with all of these. */
    TF("Terraform"),
    /** Logs, metrics, alarms. */
    OBS("Observability"),
    /** What lets strangers in. */
    SEC("Security"),
    /** What differs from what was written down. */
    DRIFT("Drift"),
    /** What is paid for and not needed. */
    COST("Cost");

    private final String title;

    Layer(String title) {
      this.title = title;
    }

    /** Its name for people. */
    public String title() {
      return title;
    }
  }
}

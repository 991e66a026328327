package dev.slipway.rehearsal.fault;

/** Where a fault lies. */
public enum Layer {
  /** Network. */
  NET("network"),
  /** Roles and trust. */
  IAM("identity"),
  /** Image and registry. */
  IMG("image"),
  /** Task definition. */
  TD("task definition"),
  /** The application itself. */
  APP("application"),
  /** Load balancer. */
  ALB("load balancer"),
  /** ECS service and rollout. */
  SVC("service"),
  /** Terraform. */
  TF("terraform"),
  /** Logs, metrics and alarms. */
  OBS("observability"),
  /** Pipeline. */
  PIPE("pipeline"),
  /** Drift. */
  DRIFT("drift"),
  /** What is left and costs. */
  COST("cost"),
  /** Security. */
  SEC("security");

  private final String words;

  Layer(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }
}

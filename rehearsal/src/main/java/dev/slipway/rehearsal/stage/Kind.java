package dev.slipway.rehearsal.stage;

/** What kind of deployment a fault meets. */
public enum Kind {
  /** The service is created. */
  FIRST("first deployment"),
  /** A new revision; a failed rollout is rolled back. */
  UPDATE("update, rollback on"),
  /** A new revision, and no circuit breaker. */
  UPDATE_WITHOUT_ROLLBACK("update, no breaker"),
  /** The same revision, two tasks more. */
  SCALE_OUT("scale-out"),
  /** Nothing is deployed: what runs is looked at as it is. */
  STANDING("nothing deployed"),
  /** The stack is destroyed, and what is left is looked for. */
  DESTROY("destroy");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }
}

package dev.slipway.validation.observe;

/** AWS could not be asked: the observer has given up. */
public final class Unanswered extends Exception {

  private static final long serialVersionUID = 1;
  private final Trouble trouble;
  private final String action;

  /**
   * A question without an answer.
   *
   * @param trouble why
   * @param action the IAM action that was tried, for instance {@code ecs:DescribeServices}
   * @param message what the client or AWS said
   * @param cause the client's exception
   */
  public Unanswered(Trouble trouble, String action, String message, Throwable cause) {
    super(message, cause);
    this.trouble = trouble;
    this.action = action;
  }

  /** Why. */
  public Trouble trouble() {
    return trouble;
  }

  /** The IAM action that was tried. */
  public String action() {
    return action;
  }
}

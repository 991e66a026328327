package dev.slipway.validation.observe;

/**
 * Something that could not be read.
 *
 * @param action the IAM action, for instance {@code elasticloadbalancing:DescribeTargetHealth}
 * @param trouble why
 * @param message what AWS said
 */
public record Gap(String action, Trouble trouble, String message) {

  /** The gap in a few words, naming the missing permission. */
  public String sentence() {
    return switch (trouble) {
      case DENIED -> "missing permission " + action;
      case UNSUPPORTED -> "the endpoint does not have " + action;
      case PLANNED -> message;
      default -> action + ": " + message;
    };
  }
}

package dev.slipway.validation.observe;

/** Parts of Amazon resource names. */
public final class Arns {

  private Arns() {}

  /** What stands after the last slash: a task's id, a cluster's name, a role's name. */
  public static String last(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** The account's id in an ARN, empty when there is none. */
  public static String account(String arn) {
    return part(arn, 4);
  }

  /** The region in an ARN, empty when there is none. */
  public static String region(String arn) {
    return part(arn, 3);
  }

  /** {@code family:revision} of a task definition, given as such or as ARN. */
  public static String revision(String taskDefinition) {
    return last(taskDefinition);
  }

  /** The family of a task definition. */
  public static String family(String taskDefinition) {
    String name = revision(taskDefinition);
    int colon = name.lastIndexOf(':');
    return colon < 0 ? name : name.substring(0, colon);
  }

  /** The number of a task definition's revision; -1 when there is none. */
  public static int number(String taskDefinition) {
    String name = revision(taskDefinition);
    String digits = name.substring(name.lastIndexOf(':') + 1);
    return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
  }

  private static String part(String arn, int index) {
    String[] parts = arn.split(":", 6);
    return parts.length == 6 ? parts[index] : "";
  }
}

package dev.slipway.twin.elbv2;

/** The rules for the names of load balancers and target groups. */
final class Names {

  private static final int LONGEST = 32;

  private Names() {}

  /**
   * Refuses a name that AWS refuses.
   *
   * @param kind how the message begins, for instance {@code Target group}
   */
  static void check(String kind, String name) {
    Refusal.missing("name", name);
    if (name.length() > LONGEST) {
      throw Refusal.validation(
          kind + " name '" + name + "' cannot be longer than '" + LONGEST + "' characters");
    }
    if (!name.matches("[a-zA-Z0-9-]+")) {
      throw Refusal.validation(
          kind
              + " name '"
              + name
              + "' can only contain characters that are alphanumeric characters or hyphens(-)");
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      throw Refusal.validation(kind + " name cannot begin or end with '-'");
    }
    if (name.startsWith("internal-")) {
      throw Refusal.validation(kind + " name cannot begin with 'internal-'");
    }
  }
}

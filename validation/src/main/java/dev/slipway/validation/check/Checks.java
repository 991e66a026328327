package dev.slipway.validation.check;

import java.util.List;

/** All checks, in the order in which a deployment comes to pass. */
public final class Checks {

  /** The checks. */
  public static final List<Check> ALL =
      List.of(
          new ImageCheck(),
          new RolloutCheck(),
          new TasksCheck(),
          new TargetsCheck(),
          new FrontDoorCheck());

  private Checks() {}
}

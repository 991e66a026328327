package dev.slipway.twin.terraform.value;

/** The values that there is only one of. */
public final class Values {

  /** The absent value. */
  public static final Value NULL = new Value.Null();

  /** A value that is known only after the apply. */
  public static final Value UNKNOWN = new Value.Unknown();

  /** True. */
  public static final Value TRUE = new Value.Bool(true);

  /** False. */
  public static final Value FALSE = new Value.Bool(false);

  private Values() {}
}

package dev.slipway.validation.observe;

import java.util.List;

/** The cluster or the service does not exist. */
public final class WrongAddress extends Exception {

  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final transient List<String> existing;

  /**
   * Nothing of that name.
   *
   * @param kind what is missing
   * @param existing names that exist in its place, at most a hundred
   */
  public WrongAddress(Kind kind, List<String> existing) {
    super(kind + " does not exist");
    this.kind = kind;
    this.existing = List.copyOf(existing);
  }

  /** What is missing. */
  public Kind kind() {
    return kind;
  }

  /** Names that exist in its place. */
  public List<String> existing() {
    return existing;
  }

  /** What can be missing. */
  public enum Kind {
    /** The cluster. */
    CLUSTER,
    /** The service. */
    SERVICE,
    /** The service is there no more: its status is INACTIVE. */
    SERVICE_INACTIVE,
    /** The task definition given with {@code --expect-revision}. */
    REVISION
  }
}

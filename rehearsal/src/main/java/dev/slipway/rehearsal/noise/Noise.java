package dev.slipway.rehearsal.noise;

/** What may be thrown at a healthy deployment while it is verified. */
public enum Noise {
  /** A share of all API calls is refused as too fast. */
  THROTTLING("throttling"),
  /** Many calls of one service are refused in a row, then none. */
  BURST("a burst of throttling"),
  /** A share of all API calls ends with a server's error. */
  ERRORS("errors of AWS"),
  /** The connections of a share of all API calls are closed without an answer. */
  RESETS("resets"),
  /** A share of all API calls is answered late. */
  SLOW_ANSWERS("slow answers"),
  /** The program listens late, and the load balancer sends to new targets gradually. */
  SLOW_START("slow starts"),
  /** More tasks are in one zone than in the other, and are evened out during the verification. */
  REBALANCING("rebalancing"),
  /** The service is scaled out while it is verified. */
  SCALING_OUT("scaling out"),
  /** The service was scaled out, and is scaled in while it is verified. */
  SCALING_IN("scaling in");

  private final String words;

  Noise(String words) {
    this.words = words;
  }

  /** Its name for people. */
  public String words() {
    return words;
  }
}

package dev.slipway.topology;

/** Answers whether one place can open a TCP connection to another. A pure function. */
public final class Reachability {

  private Reachability() {}

  /**
   * Can {@code from} open a TCP connection to {@code to} on the port?
   *
   * @param network the network as it is
   * @param from who connects
   * @param to who is connected to
   * @param port the destination port
   * @return the path, or what stops it
   */
  public static Verdict check(Network network, Place from, Place to, int port) {
    throw new UnsupportedOperationException("check");
  }
}

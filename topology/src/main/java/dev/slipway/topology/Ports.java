package dev.slipway.topology;

/**
 * A range of TCP ports.
 *
 * @param from the lowest
 * @param to the highest
 */
record Ports(int from, int to) {

  /**
   * Source ports of hosts of any make, of load balancers and of NAT gateways. Source: VPC user
   * guide, custom network ACLs, ephemeral ports.
   */
  static final Ports ANY_EPHEMERAL = new Ports(1024, 65535);

  /** Source ports of a Linux host, where Fargate tasks run. Source: the same page. */
  static final Ports LINUX_EPHEMERAL = new Ports(32768, 60999);

  static Ports of(int port) {
    return new Ports(port, port);
  }

  boolean contains(int port) {
    return port >= from && port <= to;
  }

  @Override
  public String toString() {
    return from == to ? String.valueOf(from) : from + "-" + to;
  }
}

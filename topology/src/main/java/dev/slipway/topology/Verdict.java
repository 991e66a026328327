package dev.slipway.topology;

import java.util.List;
import java.util.Optional;

/** Whether a connection can be made, by which path, and if not, what stops it. */
public sealed interface Verdict {

  /** The resources that the packets pass, in order, for instance subnet, route table, NAT. */
  List<Hop> path();

  /** Whether the connection can be made. */
  default boolean reachable() {
    return this instanceof Reachable;
  }

  /** The VPC endpoint that the path leads through, if it leads through one. */
  default Optional<String> endpoint() {
    return path().stream().map(Hop::resourceId).filter(id -> id.startsWith("vpce-")).findFirst();
  }

  /** The connection can be made. */
  record Reachable(List<Hop> path) implements Verdict {}

  /**
   * The connection cannot be made.
   *
   * @param path the hops up to the one that stops it
   * @param obstacle what stops it
   */
  record Blocked(List<Hop> path, Obstacle obstacle) implements Verdict {}

  /**
   * A resource on the way.
   *
   * @param resourceId its AWS id
   * @param what what it does there, in a few words
   */
  record Hop(String resourceId, String what) {}

  /**
   * The one resource that stops a connection.
   *
   * @param kind the rule that stops it
   * @param resourceId the resource to change
   * @param relatedIds others that matter, for instance the subnet of a route table
   * @param explanation one sentence: what is and what was needed
   */
  record Obstacle(
      ObstacleKind kind, String resourceId, List<String> relatedIds, String explanation) {}

  /** Why a connection is stopped. */
  enum ObstacleKind {
    /** The route table has no route for the destination. */
    NO_ROUTE,
    /** No route, and the subnet has no association of its own, so the VPC's main table applies. */
    NO_ROUTE_IN_MAIN_TABLE,
    /** The route's target is gone. */
    BLACKHOLE_ROUTE,
    /** The route leads to an internet gateway, but the interface has no public address. */
    NO_PUBLIC_ADDRESS,
    /** The internet gateway is absent or not attached to the VPC. */
    INTERNET_GATEWAY_DETACHED,
    /** The NAT gateway is not available. */
    NAT_NOT_AVAILABLE,
    /** The NAT gateway's own subnet has no route to an internet gateway. */
    NAT_WITHOUT_INTERNET,
    /** The source's security groups allow no such egress. */
    SECURITY_GROUP_EGRESS,
    /** The destination's security groups allow no such ingress. */
    SECURITY_GROUP_INGRESS,
    /** The endpoint's security groups do not admit the source. */
    ENDPOINT_SECURITY_GROUP,
    /** The endpoint exists but is not available. */
    ENDPOINT_NOT_AVAILABLE,
    /** The endpoint exists without private DNS, so its name leads elsewhere. */
    ENDPOINT_PRIVATE_DNS_OFF,
    /** The VPC has no endpoint for the service, and no route to its public address. */
    ENDPOINT_MISSING,
    /** The gateway endpoint is not on the subnet's route table. */
    GATEWAY_ENDPOINT_NOT_ON_ROUTE_TABLE,
    /** The VPC's DNS attributes are off, so names do not resolve. */
    VPC_DNS_OFF,
    /** A network ACL denies the way out. */
    NETWORK_ACL_EGRESS,
    /** A network ACL denies the way in, or the answer's way back. */
    NETWORK_ACL_INGRESS,
    /** The two ends lie in networks that nothing joins. */
    SEPARATE_NETWORKS,
    /** An end does not exist. */
    UNKNOWN_PLACE
  }
}

package dev.slipway.twin.ecs;

import dev.slipway.topology.AwsAddresses;
import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Resolver;
import dev.slipway.topology.Verdict;
import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import dev.slipway.twin.ec2.NetworkInterfaces;
import java.util.Map;
import java.util.Optional;

/** Connections that the platform opens to AWS services through the interface of a task. */
final class Dials {

  private static final int HTTPS = 443;

  private final NetworkInterfaces interfaces;
  private final NetworkPaths paths;

  Dials(NetworkInterfaces interfaces, NetworkPaths paths) {
    this.interfaces = interfaces;
    this.paths = paths;
  }

  /**
   * Opens a connection.
   *
   * @param service as {@link Place.AwsService} names it
   * @param host the service's host name, for the error's text
   * @return Go's error text when the connection cannot be made
   */
  Optional<String> dial(TaskRow task, String service, String host) {
    Network network = interfaces.network();
    if (!(judge(network, task, service) instanceof Blocked blocked)) {
      return Optional.empty();
    }
    if (blocked.obstacle().kind() == ObstacleKind.VPC_DNS_OFF) {
      return Optional.of("dial tcp: lookup " + host + ": i/o timeout");
    }
    String ip =
        Resolver.addresses(network, new Place.Interface(task.networkInterfaceId()), service)
            .stream()
            .findFirst()
            .orElseGet(() -> AwsAddresses.publicAddress(network.region(), service));
    return Optional.of("dial tcp " + ip + ":" + HTTPS + ": i/o timeout");
  }

  /**
   * A VPC endpoint that a task's calls pass.
   *
   * @param policy its policy
   * @param context the condition keys that it adds to calls
   */
  record Endpoint(String policy, Map<String, String> context) {}

  /** The endpoint between a task and a service, if there is one. */
  Optional<Endpoint> endpoint(TaskRow task, String service) {
    Network network = interfaces.network();
    return judge(network, task, service)
        .endpoint()
        .flatMap(id ->
            network.vpcEndpoints().stream().filter(e -> e.vpcEndpointId().equals(id)).findFirst())
        .map(e ->
            new Endpoint(
                e.policyDocument(),
                Map.of("aws:SourceVpce", e.vpcEndpointId(), "aws:SourceVpc", e.vpcId())));
  }

  private Verdict judge(Network network, TaskRow task, String service) {
    return paths.check(
        network,
        new Place.Interface(task.networkInterfaceId()),
        new Place.AwsService(service),
        HTTPS);
  }
}

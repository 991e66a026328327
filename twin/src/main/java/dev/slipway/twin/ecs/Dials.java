package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Verdict;
import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import dev.slipway.twin.ec2.NetworkInterfaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

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
    String ip = endpointAddress(network, task, service).orElseGet(() -> publicAddress(host));
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

  /** The address of the service's interface endpoint where the task's VPC resolves to it. */
  private static Optional<String> endpointAddress(Network network, TaskRow task, String service) {
    String name = "com.amazonaws." + network.region() + "." + service;
    Optional<String> vpc =
        network.subnets().stream()
            .filter(s -> s.subnetId().equals(task.origin().subnetId()))
            .map(Subnet::vpcId)
            .findFirst();
    List<String> interfaceIds =
        network.vpcEndpoints().stream()
            .filter(e -> name.equals(e.serviceName()) && vpc.equals(Optional.of(e.vpcId())))
            .filter(e -> Boolean.TRUE.equals(e.privateDnsEnabled()))
            .findFirst()
            .map(VpcEndpoint::networkInterfaceIds)
            .orElse(List.of());
    return network.networkInterfaces().stream()
        .filter(i -> interfaceIds.contains(i.networkInterfaceId()))
        .map(NetworkInterface::privateIpAddress)
        .findFirst();
  }

  /** An address in a range of AWS, always the same for a host name. */
  private static String publicAddress(String host) {
    int hash = host.hashCode();
    return "52.94." + (hash >>> 8 & 0xff) + "." + Math.max(1, hash & 0xff);
  }
}

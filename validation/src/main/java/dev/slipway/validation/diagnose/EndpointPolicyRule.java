package dev.slipway.validation.diagnose;

import dev.slipway.topology.Network;
import dev.slipway.validation.check.Policies;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Is a start refused by the policy of a VPC endpoint, while the role may do it? AWS says so in the
 * refusal. Source: IAM user guide, troubleshooting access denied errors: "because no VPC endpoint
 * policy allows", "with an explicit deny in a VPC endpoint policy".
 */
final class EndpointPolicyRule implements Rule {

  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([a-z0-9]+):([A-Za-z]+)");
  private static final Pattern LAYERS =
      Pattern.compile("(?:https://|/)([a-z0-9.-]*starport-layer-bucket)\\b.*403", Pattern.DOTALL);

  @Override
  public List<Cause> look(Case seen) {
    List<Cause> causes = new ArrayList<>();
    Starts starts = new Starts(seen);
    List<String> evidence =
        starts
            .evidence(StopReason.PULL_DENIED, StopReason.SECRETS_DENIED, StopReason.LOGS_DENIED)
            .stream()
            .filter(EndpointPolicyRule::byEndpoint)
            .toList();
    for (String line : evidence) {
      Matcher matcher = ACTION.matcher(line);
      if (matcher.find()) {
        cause(seen, matcher.group(1), matcher.group(2), line).ifPresent(causes::add);
      }
    }
    starts
        .evidence(StopReason.PULL_DENIED)
        .forEach(line -> layers(seen, line).ifPresent(causes::add));
    return causes;
  }

  /**
   * What a start needs and the policy of the endpoint on its way leaves out. Who asks and under
   * which conditions is taken as fulfilled.
   */
  @Override
  public List<Cause> foretell(Case seen) {
    Network network = seen.snapshot().surroundings().network();
    Set<String> subnets =
        Set.copyOf(seen.vpcConfiguration().map(c -> c.subnets()).orElse(List.of()));
    Set<String> vpcs =
        network.subnets().stream()
            .filter(s -> subnets.contains(s.subnetId()))
            .map(Subnet::vpcId)
            .collect(Collectors.toSet());
    List<String> needed = new ArrayList<>(StartNeeds.actions(seen));
    boolean pulls = needed.contains("ecr:GetAuthorizationToken");
    if (pulls) {
      needed.addAll(List.of("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"));
    }
    List<Cause> causes = new ArrayList<>();
    for (VpcEndpoint endpoint : network.vpcEndpoints()) {
      String policy = String.valueOf(endpoint.policyDocument());
      if (!vpcs.contains(endpoint.vpcId())
          || endpoint.policyDocument() == null
          || policy.isEmpty()) {
        continue;
      }
      String name = String.valueOf(endpoint.serviceName());
      if (Boolean.TRUE.equals(endpoint.privateDnsEnabled())) {
        needed.stream()
            .filter(a -> serves(endpoint, part(a, 0), part(a, 1)))
            .filter(a -> !Policies.allow(List.of(policy), a))
            .findFirst()
            .ifPresent(a -> causes.add(cause(endpoint, a, "its policy does not allow " + a)));
      }
      String layers =
          "arn:aws:s3:::prod-%s-starport-layer-bucket/layer".formatted(seen.snapshot().region());
      if (pulls
          && name.endsWith(".s3")
          && onTheWay(network, endpoint, subnets)
          && !Policies.allow(policy, "s3:GetObject", layers)) {
        String what = "s3:GetObject of " + layers.replaceAll("^.*:::|/layer$", "");
        causes.add(cause(endpoint, what, "its policy does not allow " + what));
      }
    }
    return causes;
  }

  /** Whether one of the subnets is routed to a gateway endpoint. */
  private static boolean onTheWay(Network network, VpcEndpoint endpoint, Set<String> subnets) {
    return network.routeTables().stream()
        .filter(t -> endpoint.vpcId().equals(t.vpcId()))
        .filter(t -> subnets.stream().anyMatch(s -> leads(t, s) || (isMain(t) && none(network, s))))
        .flatMap(t -> t.routes().stream())
        .anyMatch(r -> endpoint.vpcEndpointId().equals(r.gatewayId()));
  }

  /** The service or the operation of an action. */
  private static String part(String action, int which) {
    return action.split(":", 2)[which];
  }

  private static boolean leads(RouteTable table, String subnet) {
    return table.associations().stream().anyMatch(a -> subnet.equals(a.subnetId()));
  }

  private static boolean none(Network network, String subnet) {
    return network.routeTables().stream().noneMatch(t -> leads(t, subnet));
  }

  private static boolean isMain(RouteTable table) {
    return table.associations().stream().anyMatch(a -> Boolean.TRUE.equals(a.main()));
  }

  /**
   * S3 says no more than 403. The role has no part in it, as ECR signs the layer's address; an
   * endpoint whose policy leaves the bucket out has. Source: ECR user guide, VPC endpoints, minimum
   * Amazon S3 bucket permissions.
   */
  private static Optional<Cause> layers(Case seen, String line) {
    Matcher bucket = LAYERS.matcher(line);
    if (!bucket.find()) {
      return Optional.empty();
    }
    String object = "arn:aws:s3:::" + bucket.group(1) + "/layer";
    String vpc = vpc(seen);
    return seen.snapshot().surroundings().network().vpcEndpoints().stream()
        .filter(e -> vpc.isEmpty() || vpc.equals(e.vpcId()))
        .filter(e -> String.valueOf(e.serviceName()).endsWith(".s3"))
        .filter(e -> e.policyDocument() != null && !e.policyDocument().isEmpty())
        .filter(e -> !Policies.allow(e.policyDocument(), "s3:GetObject", object))
        .findFirst()
        .map(e -> cause(e, "s3:GetObject of " + bucket.group(1), line));
  }

  /** Whether a refusal comes from an endpoint and not from the role. */
  static boolean byEndpoint(String words) {
    return words.contains("VPC endpoint policy");
  }

  private static String vpc(Case seen) {
    String subnet =
        seen.tasks().stream().flatMap(t -> Tasks.subnet(t).stream()).findFirst().orElse("");
    return seen.snapshot().surroundings().network().subnets().stream()
        .filter(s -> subnet.equals(s.subnetId()))
        .map(Subnet::vpcId)
        .findFirst()
        .orElse("");
  }

  private static Optional<Cause> cause(Case seen, String service, String action, String line) {
    String vpc = vpc(seen);
    return seen.snapshot().surroundings().network().vpcEndpoints().stream()
        .filter(e -> vpc.isEmpty() || vpc.equals(e.vpcId()))
        .filter(e -> serves(e, service, action))
        .findFirst()
        .map(e -> cause(e, service + ":" + action, line));
  }

  /** The token comes from {@code ecr.api}, manifests and layers' addresses from {@code ecr.dkr}. */
  private static boolean serves(VpcEndpoint endpoint, String service, String action) {
    String name = String.valueOf(endpoint.serviceName());
    return switch (service) {
      case "ecr" -> name.endsWith(action.equals("GetAuthorizationToken") ? ".ecr.api" : ".ecr.dkr");
      default -> name.endsWith("." + service);
    };
  }

  private static Cause cause(VpcEndpoint endpoint, String action, String line) {
    String id = endpoint.vpcEndpointId();
    return new Cause(
        "net-endpoint-policy-denies",
        id,
        "The policy of VPC endpoint %s (%s) does not let %s pass, whatever the role may do."
            .formatted(id, endpoint.serviceName(), action),
        new Fix(
            "allow %s in the policy of VPC endpoint %s".formatted(action, id),
            """
            resource "aws_vpc_endpoint" "this" {
              policy = jsonencode({
                Version   = "2012-10-17"
                Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }]
              })
            }\
            """,
            "aws ec2 modify-vpc-endpoint --vpc-endpoint-id %s --reset-policy".formatted(id)),
        List.of(line),
        Rank.START,
        true);
  }
}

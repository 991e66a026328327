package dev.slipway.validation.diagnose;

import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;

/** Is there an address left for one more task? A rolling deployment needs twice as many. */
final class SubnetRule implements Rule {

  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]+");

  @Override
  public List<Cause> look(Case seen) {
    Starts starts = new Starts(seen);
    List<String> evidence = starts.evidence(StopReason.SUBNET_EXHAUSTED);
    if (evidence.isEmpty() || starts.overcome(StopReason.SUBNET_EXHAUSTED)) {
      return List.of();
    }
    List<Subnet> used = subnets(seen);
    List<Subnet> full = used.stream().filter(SubnetRule::full).toList();
    String subnet =
        named(evidence).or(() -> full.stream().map(Subnet::subnetId).findFirst()).orElse("");
    if (subnet.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(evidence);
    used.forEach(s ->
        lines.add(
            "subnet %s (%s): %s free addresses"
                .formatted(s.subnetId(), s.cidrBlock(), s.availableIpAddressCount())));
    boolean everywhere = !used.isEmpty() && full.size() == used.size();
    return List.of(
        new Cause(
            "net-subnet-ip-exhausted",
            subnet,
            "Subnet %s has no free address for a task of %s; a rolling deployment needs addresses for the old and the new tasks at once."
                .formatted(subnet, seen.goal().revision()),
            new Fix(
                "give the service more or larger subnets, or free addresses in subnet " + subnet,
                """
                resource "aws_ecs_service" "this" {
                  network_configuration {
                    subnets = concat(module.network.private_subnet_ids, [aws_subnet.larger.id])
                  }
                }\
                """,
                "aws ec2 describe-subnets --subnet-ids %s --query 'Subnets[].AvailableIpAddressCount'\naws ec2 describe-network-interfaces --filters Name=subnet-id,Values=%s"
                    .formatted(subnet, subnet)),
            lines,
            Rank.START,
            everywhere));
  }

  private static boolean full(Subnet subnet) {
    return subnet.availableIpAddressCount() != null && subnet.availableIpAddressCount() == 0;
  }

  private static List<Subnet> subnets(Case seen) {
    List<String> ids = seen.vpcConfiguration().map(AwsVpcConfiguration::subnets).orElse(List.of());
    return seen.snapshot().surroundings().network().subnets().stream()
        .filter(s -> ids.contains(s.subnetId()))
        .toList();
  }

  private static Optional<String> named(List<String> evidence) {
    return evidence.stream()
        .map(SUBNET::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst();
  }
}

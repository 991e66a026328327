package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.stream.Stream;

/**
 * The AWS services that a VPC can have endpoints for: those that a Fargate stack uses. Source: AWS
 * PrivateLink guide, services that integrate with AWS PrivateLink.
 */
record EndpointServices(World world) {

  /**
   * A service.
   *
   * @param name the last part of its endpoint service name
   * @param host the host part of its private name, which the region's domain follows
   * @param gateway whether gateway endpoints reach it
   */
  record Service(String name, String host, boolean gateway) {

    /** The types of endpoint that reach it. */
    List<String> types() {
      return gateway ? List.of("Gateway", "Interface") : List.of("Interface");
    }
  }

  private static final List<Service> ALL =
      Stream.concat(
              Stream.of(
                  new Service("s3", "s3", true),
                  new Service("dynamodb", "dynamodb", true),
                  new Service("ecr.api", "api.ecr", false),
                  new Service("ecr.dkr", "*.dkr.ecr", false),
                  new Service("ecs-agent", "ecs-a", false),
                  new Service("ecs-telemetry", "ecs-t", false)),
              Stream.of(
                      "autoscaling",
                      "ec2",
                      "ecs",
                      "elasticloadbalancing",
                      "events",
                      "execute-api",
                      "kms",
                      "logs",
                      "monitoring",
                      "secretsmanager",
                      "sns",
                      "sqs",
                      "ssm",
                      "ssmmessages",
                      "sts",
                      "xray")
                  .map(n -> new Service(n, n, false)))
          .toList();

  List<Service> all() {
    return ALL;
  }

  String serviceName(Service service) {
    return "com.amazonaws." + world.region() + "." + service.name();
  }

  String privateName(Service service) {
    return service.host() + "." + world.region() + ".amazonaws.com";
  }

  /** The service of a full name. */
  Service require(String serviceName) {
    return ALL.stream()
        .filter(s -> serviceName(s).equals(serviceName))
        .findFirst()
        .orElseThrow(() ->
            AwsError.of(
                "InvalidServiceName",
                "The Vpc Endpoint Service '%s' does not exist".formatted(serviceName)));
  }
}

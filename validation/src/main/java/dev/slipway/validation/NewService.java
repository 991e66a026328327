package dev.slipway.validation;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/** Options that describe a service that does not exist yet. */
final class NewService {

  @Option(
      names = "--subnets",
      required = true,
      split = ",",
      description = "The subnets of its tasks.")
  private List<String> subnets = new ArrayList<>();

  @Option(names = "--security-groups", split = ",", description = "The groups of its tasks.")
  private List<String> groups = new ArrayList<>();

  @Option(names = "--assign-public-ip", description = "Its tasks have public addresses.")
  private boolean publicIp;

  @Option(names = "--target-group", paramLabel = "ARN", description = "Its target group.")
  private String targetGroup = "";

  @Option(names = "--container", description = "The container that answers requests.")
  private String container = "";

  @Option(names = "--container-port", description = "The port that it answers on.")
  private int port = 80;

  @Option(names = "--name", description = "What it will be called (default: new).")
  private String name = "new";

  /** The service as it would be made. */
  Service service() {
    List<LoadBalancer> balancers =
        targetGroup.isEmpty()
            ? List.of()
            : List.of(
                LoadBalancer.builder()
                    .targetGroupArn(targetGroup)
                    .containerName(container.isEmpty() ? null : container)
                    .containerPort(port)
                    .build());
    return Service.builder()
        .serviceName(name)
        .serviceArn(name)
        .desiredCount(1)
        .launchType("FARGATE")
        .loadBalancers(balancers)
        .networkConfiguration(n ->
            n.awsvpcConfiguration(v ->
                v.subnets(subnets)
                    .securityGroups(groups)
                    .assignPublicIp(publicIp ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED)))
        .build();
  }
}

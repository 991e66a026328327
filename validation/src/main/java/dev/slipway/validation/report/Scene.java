package dev.slipway.validation.report;

import dev.slipway.validation.check.Goal;
import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Tasks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * A deployment as a picture: who talks to whom, and over which edge nothing gets.
 *
 * @param parts what there is
 * @param edges who talks to whom
 */
public record Scene(List<Part> parts, List<Edge> edges) {

  /** Nothing to see. */
  public static final Scene EMPTY = new Scene(List.of(), List.of());

  /**
   * A thing.
   *
   * @param id its name within the scene
   * @param title what it is
   * @param text which one
   */
  public record Part(String id, String title, String text) {}

  /**
   * A way from one thing to another.
   *
   * @param from the id of the part that begins
   * @param to the id of the part that answers
   * @param what what goes over it
   * @param causes the ids of the causes that break it; empty when it holds
   */
  public record Edge(String from, String to, String what, List<String> causes) {
    /** Whether something breaks it. */
    public boolean broken() {
      return !causes.isEmpty();
    }
  }

  /** What a snapshot shows. Only causes that keep the service from serving break an edge. */
  public static Scene of(Snapshot snapshot, Goal goal, List<Cause> causes) {
    Service service = snapshot.rollout().service();
    FrontDoor front = snapshot.frontDoor();
    List<Cause> grave = causes.stream().filter(c -> c.rank() != Cause.Rank.POSTURE).toList();
    List<Part> parts = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    Ids ids = ids(snapshot, goal);
    if (!service.loadBalancers().isEmpty()) {
      parts.add(new Part("clients", "Clients", ""));
      parts.add(
          new Part(
              "balancer",
              "Load balancer",
              front.loadBalancers().stream()
                  .findFirst()
                  .map(b -> b.loadBalancerName())
                  .orElse("none")));
      parts.add(
          new Part(
              "group",
              "Target group",
              front.targetGroups().stream().findFirst().map(Scene::name).orElse("none")));
      edges.add(
          edge(
              "clients",
              "balancer",
              "requests",
              grave,
              ids.entrance,
              "net-alb-sg-listener",
              "net-igw"));
      edges.add(
          edge("balancer", "group", "listener rule", grave, ids.rule, "alb-rule", "alb-probe"));
      edges.add(
          edge(
              "group",
              "tasks",
              "health checks, requests",
              grave,
              ids.group,
              "app-",
              "alb-health",
              "td-app",
              "net-task-sg-ingress",
              "net-alb-sg-egress"));
    }
    parts.add(new Part("service", "ECS service", service.serviceName()));
    parts.add(new Part("tasks", "Tasks", tasks(snapshot)));
    parts.add(new Part("registry", "Registry", ImageName.parse(goal.image()).repository()));
    parts.add(new Part("logs", "CloudWatch Logs", ""));
    edges.add(
        edge("service", "tasks", "starts", grave, ids.service, "iam-role", "svc-", "td-memory"));
    edges.add(
        edge(
            "tasks",
            "registry",
            "pulls the image",
            grave,
            Set.of(),
            "img-",
            "net-ecr",
            "net-s3",
            "net-no-egress",
            "net-route",
            "net-public",
            "net-endpoint",
            "net-vpc-dns",
            "net-task-sg-egress",
            "net-network-acl",
            "iam-execution-role-missing-ecr"));
    edges.add(
        edge(
            "tasks",
            "logs",
            "writes its log",
            grave,
            ids.logs,
            "net-logs",
            "td-log",
            "iam-execution-role-missing-logs"));
    return new Scene(List.copyOf(parts), List.copyOf(edges));
  }

  private record Ids(
      Set<String> entrance,
      Set<String> rule,
      Set<String> group,
      Set<String> service,
      Set<String> logs) {}

  private static Ids ids(Snapshot snapshot, Goal goal) {
    Service service = snapshot.rollout().service();
    Set<String> entrance = new HashSet<>();
    Set<String> rule = new HashSet<>();
    snapshot.frontDoor().loadBalancers().forEach(b -> entrance.addAll(b.securityGroups()));
    Entrance.find(snapshot.frontDoor(), service, goal.wanted())
        .ifPresent(e -> {
          rule.add(e.rule().ruleArn());
          rule.add(e.listener().listenerArn());
        });
    Set<String> group = new HashSet<>();
    snapshot.frontDoor().targetGroups().forEach(g -> group.add(g.targetGroupArn()));
    Set<String> logs = new HashSet<>(snapshot.surroundings().logGroups().keySet());
    return new Ids(entrance, rule, group, Set.of(String.valueOf(service.serviceArn())), logs);
  }

  private static Edge edge(
      String from,
      String to,
      String what,
      List<Cause> causes,
      Set<String> resources,
      String... kinds) {
    List<String> breaking =
        causes.stream()
            .filter(c -> resources.contains(c.resource()) || starts(c.id(), kinds))
            .map(Cause::id)
            .distinct()
            .toList();
    return new Edge(from, to, what, breaking);
  }

  private static boolean starts(String id, String... kinds) {
    for (String kind : kinds) {
      if (id.startsWith(kind)) {
        return true;
      }
    }
    return false;
  }

  private static String name(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup group) {
    return group.targetGroupName() == null ? group.targetGroupArn() : group.targetGroupName();
  }

  private static String tasks(Snapshot snapshot) {
    long running = snapshot.tasks().stream().filter(Tasks::runs).count();
    String subnets =
        Optional.ofNullable(snapshot.rollout().service().networkConfiguration())
            .map(n -> n.awsvpcConfiguration())
            .map(AwsVpcConfiguration::subnets)
            .map(s -> " in " + s.size() + (s.size() == 1 ? " subnet" : " subnets"))
            .orElse("");
    return running + " running" + subnets;
  }
}

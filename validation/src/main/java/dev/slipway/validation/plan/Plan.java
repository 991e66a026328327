package dev.slipway.validation.plan;

import dev.slipway.topology.Network;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Probe;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Rollout;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Surroundings;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.preflight.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** A Terraform plan as the services that it will have. */
public final class Plan {

  private static final String NOT_OF_THE_PLAN = "not of the plan, and AWS was not asked: %s";

  private final PlanFile file;

  private Plan(PlanFile file) {
    this.file = file;
  }

  /**
   * Reads what {@code terraform show -json PLAN} prints.
   *
   * @throws BadPlan when the text is no plan
   */
  public static Plan parse(String text) throws BadPlan {
    return new Plan(PlanFile.parse(text));
  }

  /** The region that it is for, empty when nothing tells. */
  public String region() {
    return file.region();
  }

  /**
   * Its ECS services, each with all that the plan knows of what it depends on.
   *
   * @param account what is there already
   * @param now the time of the reading
   */
  public List<Prospect> services(Account account, Instant now) {
    List<Prospect> all = new ArrayList<>();
    for (Planned planned : file.all("aws_ecs_service")) {
      all.add(prospect(planned, account, now));
    }
    return List.copyOf(all);
  }

  private Prospect prospect(Planned planned, Account account, Instant now) {
    Reading reading = new Reading(file);
    PlannedServices services = new PlannedServices(reading);
    Map<String, TaskDefinition> definitions = services.definitions(planned, account);
    Service service = services.service(planned, definitions);
    Network network = network(reading, service, account);
    FrontDoor front = front(reading, service, account);
    Surroundings around =
        new Surroundings(
            true,
            network,
            roles(reading, definitions, account),
            logGroups(reading, definitions, account),
            Map.of());
    Registry registry = registry(reading, definitions, account);
    Wanted wanted =
        Wanted.of(services.cluster(planned), service.serviceName())
            .withRevision(service.taskDefinition());
    Map<String, Gap> gaps = new HashMap<>(account.gaps());
    gaps.putAll(reading.gaps());
    Snapshot snapshot =
        new Snapshot(
            1,
            now,
            file.account(),
            file.region(),
            new Rollout(service, List.of(), Map.of(), definitions),
            List.of(),
            front,
            registry,
            Probe.NONE,
            around,
            Posture.NONE,
            Map.copyOf(gaps));
    return new Prospect(
        planned.address(),
        snapshot,
        wanted,
        new Applying(file, account).causes(planned),
        new Names(reading.names()));
  }

  /** The plan's network, and what lies beside it when the service uses that too. */
  private static Network network(Reading reading, Service service, Account account) {
    Network planned = new PlannedNetwork(reading, Surroundings.NO_NETWORK).network();
    List<String> missing = PlannedServices.missing(service, planned);
    if (missing.isEmpty()) {
      return planned;
    }
    Network live = account.network(PlannedServices.subnets(service));
    Network both = new PlannedNetwork(reading, live).network();
    List<String> still = PlannedServices.missing(service, both);
    if (!still.isEmpty()) {
      reading.open("ec2:DescribeSubnets", NOT_OF_THE_PLAN.formatted(String.join(", ", still)));
    }
    return both;
  }

  private static FrontDoor front(Reading reading, Service service, Account account) {
    FrontDoor planned = new PlannedFrontDoor(reading).frontDoor();
    boolean elsewhere =
        service.loadBalancers().stream()
            .map(l -> l.targetGroupArn())
            .anyMatch(a -> a != null && planned.targetGroup(a).isEmpty());
    if (elsewhere) {
      FrontDoor live = account.frontDoor(service);
      if (live.targetGroups().isEmpty()) {
        reading.open(
            "elasticloadbalancing:DescribeTargetGroups",
            NOT_OF_THE_PLAN.formatted("a target group"));
      }
      return live;
    }
    List<String> unknown =
        planned.targetGroups().stream()
            .flatMap(g -> g.loadBalancerArns().stream())
            .filter(a -> planned.loadBalancer(a).isEmpty())
            .distinct()
            .toList();
    if (!unknown.isEmpty()) {
      reading.open(
          PlannedServices.WAY_IN,
          "load balancer %s is not of the plan".formatted(unknown.getFirst()));
    }
    return planned;
  }

  private static Map<String, Surroundings.Role> roles(
      Reading reading, Map<String, TaskDefinition> definitions, Account account) {
    Map<String, Surroundings.Role> all =
        new HashMap<>(new PlannedRoles(reading).roles(definitions.values()));
    List<String> missing =
        PlannedServices.roles(definitions).stream()
            .filter(a -> !all.containsKey(a) && !a.startsWith("arn:planned:"))
            .toList();
    if (!missing.isEmpty()) {
      all.putAll(account.roles(missing));
      missing.stream()
          .filter(a -> !all.containsKey(a))
          .findFirst()
          .ifPresent(
              a -> reading.open("iam:GetRole", NOT_OF_THE_PLAN.formatted("role " + Arns.last(a))));
    }
    return Map.copyOf(all);
  }

  private Map<String, Boolean> logGroups(
      Reading reading, Map<String, TaskDefinition> definitions, Account account) {
    Map<String, Boolean> all = new HashMap<>();
    List<String> planned =
        file.all("aws_cloudwatch_log_group").stream()
            .map(g -> {
              if (g.text("name").isEmpty()) {
                reading.unknown("logs:DescribeLogGroups", g.address() + ": name");
              }
              return g.text("name");
            })
            .toList();
    List<String> gone =
        file.removed().stream()
            .filter(r -> r.type().equals("aws_cloudwatch_log_group"))
            .map(r -> r.text("name"))
            .toList();
    Map<String, Boolean> live = new HashMap<>();
    boolean asked = false;
    for (String name : PlannedServices.logGroups(definitions)) {
      if (planned.contains(name)) {
        all.put(name, true);
      } else if (gone.contains(name)) {
        all.put(name, false);
      } else {
        if (!asked) {
          live.putAll(account.logGroups(definitions.values()));
          asked = true;
        }
        if (live.containsKey(name)) {
          all.put(name, live.get(name));
        } else {
          reading.open("logs:DescribeLogGroups", NOT_OF_THE_PLAN.formatted("log group " + name));
        }
      }
    }
    return Map.copyOf(all);
  }

  /** What is pushed while the plan is applied cannot be looked for before. */
  private Registry registry(
      Reading reading, Map<String, TaskDefinition> definitions, Account account) {
    Registry registry = account.registry(definitions.values());
    file.resources().stream()
        .filter(r -> !r.data() && r.type().matches("docker_.*image|null_resource|terraform_data"))
        .filter(r -> r.text("id").isEmpty())
        .findFirst()
        .ifPresent(r ->
            reading.open("ecr:DescribeImages", r.address() + " may push it while it is applied"));
    file.all("aws_ecr_repository").stream()
        .filter(r -> r.text("repository_url").isEmpty())
        .findFirst()
        .ifPresent(r ->
            reading.open("ecr:DescribeRepositories", r.address() + " is made by the same plan"));
    return registry;
  }
}

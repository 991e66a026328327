package dev.slipway.rehearsal.stage;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/**
 * Terraform of anybody's own that makes at least one ECS service behind an Application Load
 * Balancer. It is copied first, and its images are stood in for.
 *
 * @param directory its root
 * @param inputs what it is given
 * @param service which of its services; empty when it has one
 */
public record ForeignStack(Path directory, Inputs inputs, String service) implements Origin {

  private static final String ELSEWHERE = "eu-central-1";
  private static final String ACCOUNT = "100000000000";
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  /** Where its provider works is known once it has planned: a twin is started for that alone. */
  @Override
  public String region(Path work) throws IOException, StackRefused, InterruptedException {
    Path own = Files.createDirectories(work.resolve("look"));
    Path root = StackCopy.of(directory, own.resolve("copy"));
    try (Twin twin =
        Twin.start(
            TwinOptions.in(Files.createDirectories(own.resolve("twin")))
                .withRegion(ELSEWHERE)
                .withRuntime(RuntimeKind.SIMULATED))) {
      TwinAccount account = twin.account(ACCOUNT);
      try {
        new Terraform(root, own.resolve("tf"), account, inputs).plan(Map.of());
      } catch (Terraform.TerraformFailed e) {
        throw failed("cannot be planned", e);
      }
      return region(twin.worlds());
    }
  }

  private String region(Worlds worlds) throws StackRefused {
    Map<Boolean, List<String>> regions =
        worlds.all().stream()
            .collect(
                Collectors.partitioningBy(
                    w -> w.account().equals(ACCOUNT),
                    Collectors.mapping(World::region, Collectors.toList())));
    List<String> abroad =
        regions.get(true).stream().filter(r -> !r.equals(Worlds.HOME_REGION)).sorted().toList();
    if (abroad.size() > 1) {
      throw new StackRefused(
          new Message(
              "the stack in " + directory + " works in several regions",
              "expected one; its providers name " + String.join(", ", abroad),
              "a rehearsal is of one service, and all that belongs to it lies in one region",
              List.of("slipway rehearse --stack a root that makes the service of one region")));
    }
    if (!regions.get(false).isEmpty()) {
      throw new StackRefused(
          new Message(
              "the stack in " + directory + " names the account that it works in",
              "expected a provider that takes its account from the environment, as each fault has"
                  + " an account of its own",
              "access_key or assume_role in the provider block",
              List.of("slipway rehearse --stack " + directory + " --var name=value")));
    }
    return abroad.isEmpty() ? Worlds.HOME_REGION : abroad.getFirst();
  }

  @Override
  public Brought bringUp(Materials with) throws Exception {
    Terraform terraform =
        new Terraform(
            StackCopy.of(directory, with.work().resolve("copy")),
            with.work().resolve("tf-stack"),
            with.account(),
            inputs);
    StandIns standIns = new StandIns(with.account(), with.aws(), with.images());
    apply(terraform, standIns, with.time());
    standIns.look();
    Service chosen = chosen(with.aws());
    Belongings its =
        new Belongings(with.aws(), lastPart(chosen.clusterArn()), chosen.serviceName());
    try {
      with.time().await("steady", PATIENCE, its::steady);
    } catch (IllegalStateException e) {
      throw unsteady(its.described());
    }
    Wanted wanted =
        Wanted.of(its.cluster(), its.service())
            .withImageDigest(digest(its))
            .withRevision(its.described().taskDefinition())
            .withCommit(Release.commit(0));
    return new Brought(wanted, new Roots(List.of(terraform), false), standIns.notes());
  }

  /** Terraform may wait for a service to be steady, which it is not before its image is there. */
  private void apply(Terraform terraform, StandIns standIns, WorldTime time) throws Exception {
    Thread looker =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  time.pause(LOOK);
                  lookOnce(standIns);
                }
              } catch (InterruptedException e) {
                // The apply is over, and the last look is made by who waits for it.
                Thread.currentThread().interrupt();
              }
            });
    try {
      terraform.apply(Map.of());
    } catch (Terraform.TerraformFailed e) {
      throw failed("cannot be applied", e);
    } finally {
      looker.interrupt();
      looker.join();
    }
  }

  /** What is half made may be refused; the next look finds it made. */
  private static void lookOnce(StandIns standIns) throws InterruptedException {
    try {
      standIns.look();
    } catch (SdkException | IOException e) {
      // The look after the apply tells of it.
    }
  }

  private Service chosen(Aws aws) throws StackRefused {
    List<Service> all = Services.all(aws.ecs());
    List<Service> behind = all.stream().filter(s -> behindBalancer(aws, s)).toList();
    String names =
        behind.stream().map(Service::serviceName).sorted().collect(Collectors.joining(", "));
    List<Service> fit =
        behind.stream().filter(s -> service.isEmpty() || s.serviceName().equals(service)).toList();
    if (fit.size() == 1) {
      return fit.getFirst();
    }
    String seen =
        behind.isEmpty()
            ? "it has " + (all.isEmpty() ? "no service at all" : all.size() + " other services")
            : "it has " + names;
    throw new StackRefused(
        behind.isEmpty()
            ? new Message(
                "the stack in " + directory + " has no ECS service behind a load balancer",
                "expected one behind an Application Load Balancer; " + seen,
                "the service is made by another root, or only when a variable says so",
                List.of("slipway rehearse --stack " + directory + " --var name=value"))
            : new Message(
                service.isEmpty()
                    ? "the stack in " + directory + " has several services behind a load balancer"
                    : "the stack in " + directory + " has no service " + service,
                "expected one; " + seen,
                "a rehearsal is of one service",
                List.of(
                    "slipway rehearse --stack %s --service %s"
                        .formatted(directory, behind.getFirst().serviceName()))));
  }

  private static boolean behindBalancer(Aws aws, Service service) {
    return service.loadBalancers().stream()
        .filter(l -> l.targetGroupArn() != null)
        .anyMatch(l ->
            aws
                .elb()
                .describeTargetGroups(r -> r.targetGroupArns(l.targetGroupArn()))
                .targetGroups()
                .stream()
                .anyMatch(g -> !g.loadBalancerArns().isEmpty()));
  }

  private static String digest(Belongings its) {
    String serving = its.container().name();
    return its.tasks().stream()
        .flatMap(t -> t.containers().stream())
        .filter(c -> c.name().equals(serving) && c.imageDigest() != null)
        .map(c -> c.imageDigest())
        .findFirst()
        .orElse("");
  }

  private StackRefused failed(String what, Terraform.TerraformFailed e) {
    return new StackRefused(
        new Message(
            "the stack in " + directory + " " + what,
            "expected it to work as on AWS; " + e.firstError(),
            "a variable without a value, something that another root makes, or what the twin lacks:"
                + " docs/differences.md",
            List.of(
                "slipway rehearse --stack " + directory + " --var name=value",
                "terraform -chdir=" + directory + " validate")));
  }

  private StackRefused unsteady(Service described) {
    String event =
        described.events().stream().findFirst().map(ServiceEvent::message).orElse("no event");
    return new StackRefused(
        new Message(
            "service " + described.serviceName() + " of the stack never became steady",
            "expected %d healthy tasks within %d minutes; %d run. %s"
                .formatted(
                    described.desiredCount(),
                    PATIENCE.toMinutes(),
                    described.runningCount(),
                    event),
            "something that the tasks need is not made by this root, such as a secret's value",
            List.of("slipway rehearse --stack " + directory + " --var name=value")));
  }

  private static String lastPart(String arn) {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}

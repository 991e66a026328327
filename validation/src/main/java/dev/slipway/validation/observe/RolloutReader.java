package dev.slipway.validation.observe;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;

/** Reads a service, its deployments and revisions. What never changes is asked for once. */
final class RolloutReader {

  /** DescribeServiceRevisions takes at most this many. Source: botocore ecs model. */
  private static final int REVISIONS_PER_CALL = 20;

  private final Aws aws;
  private final Wanted wanted;
  private final Map<String, TaskDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<String, ServiceRevision> revisions = new ConcurrentHashMap<>();

  RolloutReader(Aws aws, Wanted wanted) {
    this.aws = aws;
    this.wanted = wanted;
  }

  /** The service itself. */
  Service service() throws WrongAddress {
    try {
      var answer =
          aws.ecs().describeServices(r -> r.cluster(wanted.cluster()).services(wanted.service()));
      if (answer.services().isEmpty()) {
        throw new WrongAddress(WrongAddress.Kind.SERVICE, services());
      }
      Service service = answer.services().getFirst();
      if ("INACTIVE".equals(service.status())) {
        throw new WrongAddress(WrongAddress.Kind.SERVICE_INACTIVE, services());
      }
      return service;
    } catch (ClusterNotFoundException e) {
      throw new WrongAddress(WrongAddress.Kind.CLUSTER, clusters());
    } catch (SdkException e) {
      throw new Ask.PollFailed(Trouble.of(e), "ecs:DescribeServices", e);
    }
  }

  /** Its deployments, their revisions and all task definitions that are spoken of. */
  Rollout rollout(Ask ask, Service service) throws WrongAddress {
    List<ServiceDeployment> deployments = serviceDeployments(ask);
    readRevisions(ask, deployments);
    Set<String> arns = new LinkedHashSet<>();
    service.deployments().forEach(d -> arns.add(d.taskDefinition()));
    if (service.taskDefinition() != null) {
      arns.add(service.taskDefinition());
    }
    revisions.values().forEach(r -> arns.add(r.taskDefinition()));
    Map<String, TaskDefinition> read = new HashMap<>();
    for (String arn : arns) {
      TaskDefinition found =
          ask.optional("ecs:DescribeTaskDefinition", null, () -> definition(arn));
      if (found != null) {
        read.put(arn, found);
      }
    }
    if (!wanted.revision().isEmpty()) {
      TaskDefinition found = wantedDefinition(ask);
      if (found != null) {
        read.put(found.taskDefinitionArn(), found);
      }
    }
    return new Rollout(service, deployments, Map.copyOf(revisions), Map.copyOf(read));
  }

  private List<ServiceDeployment> serviceDeployments(Ask ask) {
    List<String> arns =
        ask.optional(
            "ecs:ListServiceDeployments",
            List.<String>of(),
            () ->
                aws
                    .ecs()
                    .listServiceDeployments(
                        r -> r.cluster(wanted.cluster()).service(wanted.service()).maxResults(10))
                    .serviceDeployments()
                    .stream()
                    .map(d -> d.serviceDeploymentArn())
                    .toList());
    if (arns.isEmpty()) {
      return List.of();
    }
    return ask.optional(
        "ecs:DescribeServiceDeployments",
        List.<ServiceDeployment>of(),
        () ->
            aws
                .ecs()
                .describeServiceDeployments(r -> r.serviceDeploymentArns(arns))
                .serviceDeployments()
                .stream()
                .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                .toList());
  }

  private void readRevisions(Ask ask, List<ServiceDeployment> deployments) {
    List<String> missing =
        deployments.stream()
            .filter(d -> d.targetServiceRevision() != null)
            .map(d -> d.targetServiceRevision().arn())
            .filter(arn -> unresolved(revisions.get(arn)))
            .distinct()
            .limit(REVISIONS_PER_CALL)
            .toList();
    if (!missing.isEmpty()) {
      ask.optional(
              "ecs:DescribeServiceRevisions",
              List.<ServiceRevision>of(),
              () ->
                  aws.ecs()
                      .describeServiceRevisions(r -> r.serviceRevisionArns(missing))
                      .serviceRevisions())
          .forEach(r -> revisions.put(r.serviceRevisionArn(), r));
    }
  }

  /** A revision learns its digests only when its first task has resolved them. */
  private static boolean unresolved(ServiceRevision revision) {
    return revision == null
        || revision.containerImages().isEmpty()
        || revision.containerImages().stream().anyMatch(i -> i.imageDigest() == null);
  }

  private TaskDefinition definition(String arn) {
    TaskDefinition known = definitions.get(arn);
    if (known == null) {
      known = aws.ecs().describeTaskDefinition(r -> r.taskDefinition(arn)).taskDefinition();
      definitions.put(arn, known);
    }
    return known;
  }

  /** The wanted task definition; null when it may not be read. */
  TaskDefinition wantedDefinition(Ask ask) throws WrongAddress {
    try {
      return definition(wanted.revision());
    } catch (SdkException e) {
      Trouble trouble = Trouble.of(e);
      if (trouble == Trouble.REFUSED || trouble == Trouble.ABSENT) {
        throw new WrongAddress(WrongAddress.Kind.REVISION, siblings());
      }
      return ask.optional(
          "ecs:DescribeTaskDefinition",
          null,
          () -> {
            throw e;
          });
    }
  }

  private List<String> siblings() {
    return quietly(() ->
        aws
            .ecs()
            .listTaskDefinitions(
                r -> r.familyPrefix(Arns.family(wanted.revision())).sort("DESC").maxResults(10))
            .taskDefinitionArns()
            .stream()
            .map(Arns::revision)
            .toList());
  }

  private List<String> services() {
    return quietly(() ->
        aws
            .ecs()
            .listServices(r -> r.cluster(wanted.cluster()).maxResults(100))
            .serviceArns()
            .stream()
            .map(Arns::last)
            .sorted()
            .toList());
  }

  private List<String> clusters() {
    return quietly(() ->
        aws.ecs().listClusters(r -> r.maxResults(100)).clusterArns().stream()
            .map(Arns::last)
            .sorted()
            .toList());
  }

  /** For hints only: without them the message is shorter. */
  private static List<String> quietly(java.util.function.Supplier<List<String>> names) {
    try {
      return names.get();
    } catch (SdkException e) {
      return List.of();
    }
  }
}

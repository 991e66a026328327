package dev.slipway.twin.tagging;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.Tag;

/** ECS's clusters, services, tasks and task definitions. */
record EcsTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    List<String> clusters =
        questions.all(
            token -> ListClustersRequest.builder().nextToken(token).build(),
            ListClustersResponse.class,
            ListClustersResponse::clusterArns,
            ListClustersResponse::nextToken);
    List<String> definitions =
        questions.all(
            token -> ListTaskDefinitionsRequest.builder().nextToken(token).build(),
            ListTaskDefinitionsResponse.class,
            ListTaskDefinitionsResponse::taskDefinitionArns,
            ListTaskDefinitionsResponse::nextToken);
    Stream<String> inClusters =
        clusters.stream().flatMap(c -> Stream.concat(services(c).stream(), tasks(c).stream()));
    return Stream.of(clusters.stream(), inClusters, definitions.stream())
        .flatMap(arns -> arns)
        .map(arn -> new Tagged(arn, tags(arn)));
  }

  private List<String> services(String cluster) {
    return questions.all(
        token -> ListServicesRequest.builder().cluster(cluster).nextToken(token).build(),
        ListServicesResponse.class,
        ListServicesResponse::serviceArns,
        ListServicesResponse::nextToken);
  }

  private List<String> tasks(String cluster) {
    return questions.all(
        token -> ListTasksRequest.builder().cluster(cluster).nextToken(token).build(),
        ListTasksResponse.class,
        ListTasksResponse::taskArns,
        ListTasksResponse::nextToken);
  }

  private Map<String, String> tags(String arn) {
    return questions
        .ask(
            ListTagsForResourceRequest.builder().resourceArn(arn).build(),
            ListTagsForResourceResponse.class)
        .map(found -> Questions.byKey(found.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}

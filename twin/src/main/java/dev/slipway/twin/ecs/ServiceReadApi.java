package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Page;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceField;

/** The operations that read services. Source: ECS API reference. */
final class ServiceReadApi {

  private static final int MOST_DESCRIBED = 10;
  private static final int PAGE = 10;

  private final EcsState state;
  private final ServiceView view;

  ServiceReadApi(EcsState state) {
    this.state = state;
    this.view = new ServiceView(state);
  }

  /** DescribeServices, of at most ten services; what is not there is a failure, not an error. */
  public DescribeServicesResponse describeServices(DescribeServicesRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    if (request.services().isEmpty()) {
      throw EcsErrors.invalid("Services cannot be empty.");
    }
    if (request.services().size() > MOST_DESCRIBED) {
      throw EcsErrors.invalid("Services cannot have more than 10 elements.");
    }
    boolean tags = request.include().contains(ServiceField.TAGS);
    List<Service> found = new ArrayList<>();
    List<Failure> missing = new ArrayList<>();
    for (String name : request.services()) {
      String arn = state.serviceArn(cluster, name);
      state
          .services()
          .find(arn)
          .ifPresentOrElse(
              row ->
                  found.add(tags ? view.of(row).copy(s -> s.tags(state.tags(arn))) : view.of(row)),
              () -> missing.add(Failure.builder().arn(arn).reason("MISSING").build()));
    }
    return DescribeServicesResponse.builder().services(found).failures(missing).build();
  }

  /** ListServices, ten a page unless more are asked for; draining services are left out. */
  public ListServicesResponse listServices(ListServicesRequest request) {
    Cluster cluster = state.cluster(request.cluster());
    new Parameters().without("resourceManagementType", request.resourceManagementType()).refuse();
    List<String> arns =
        state
            .services()
            .where(s ->
                s.active()
                    && s.service().clusterArn().equals(cluster.clusterArn())
                    && matches(request, s.service()))
            .stream()
            .map(ServiceRow::arn)
            .toList();
    Page<String> page = Listing.page(arns, request.maxResults(), request.nextToken(), PAGE);
    return ListServicesResponse.builder()
        .serviceArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean matches(ListServicesRequest request, Service service) {
    LaunchType type = request.launchType();
    return (type == null || type == service.launchType())
        && (request.schedulingStrategy() == null
            || request.schedulingStrategy() == service.schedulingStrategy());
  }
}

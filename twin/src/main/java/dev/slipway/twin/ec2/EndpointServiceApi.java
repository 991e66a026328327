package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeVpcEndpointServicesResponse;
import software.amazon.awssdk.services.ec2.model.PrivateDnsDetails;
import software.amazon.awssdk.services.ec2.model.ServiceDetail;
import software.amazon.awssdk.services.ec2.model.ServiceType;
import software.amazon.awssdk.services.ec2.model.ServiceTypeDetail;

/** Which services endpoints can reach. Source: EC2 API reference, DescribeVpcEndpointServices. */
final class EndpointServiceApi {

  private final World world;
  private final EndpointServices services;
  private final Filters<ServiceDetail> filters =
      Filters.<ServiceDetail>untagged()
          .on("owner", ServiceDetail::owner)
          .on("service-name", ServiceDetail::serviceName)
          .on("service-region", ServiceDetail::serviceRegion)
          .many(
              "service-type",
              d -> d.serviceType().stream().map(ServiceTypeDetail::serviceTypeAsString));

  EndpointServiceApi(World world) {
    this.world = world;
    this.services = new EndpointServices(world);
  }

  /** Lists the services, once for each type of endpoint. */
  public DescribeVpcEndpointServicesResponse describeVpcEndpointServices(
      DescribeVpcEndpointServicesRequest request) {
    Parameters.only(request, "ServiceNames", "Filters", "MaxResults", "NextToken");
    request.serviceNames().forEach(services::require);
    List<ServiceDetail> selected =
        services.all().stream()
            .filter(s ->
                request.serviceNames().isEmpty()
                    || request.serviceNames().contains(services.serviceName(s)))
            .flatMap(s -> details(s).stream())
            .toList();
    Page<ServiceDetail> page =
        Page.of(
            filters.apply(selected, request.filters()), request.maxResults(), request.nextToken());
    return DescribeVpcEndpointServicesResponse.builder()
        .serviceDetails(page.items())
        .serviceNames(page.items().stream().map(ServiceDetail::serviceName).distinct().toList())
        .nextToken(page.nextToken())
        .build();
  }

  private List<ServiceDetail> details(EndpointServices.Service service) {
    List<ServiceDetail> details = new ArrayList<>();
    if (service.gateway()) {
      details.add(detail(service, ServiceType.GATEWAY).build());
    }
    String name = services.privateName(service);
    details.add(
        detail(service, ServiceType.INTERFACE)
            .privateDnsName(name)
            .privateDnsNames(PrivateDnsDetails.builder().privateDnsName(name).build())
            .build());
    return details;
  }

  private ServiceDetail.Builder detail(EndpointServices.Service service, ServiceType type) {
    String name = services.serviceName(service);
    int hash = (name + type).hashCode();
    return ServiceDetail.builder()
        .serviceName(name)
        .serviceId("vpce-svc-" + String.format(Locale.ROOT, "%017x", hash & 0xffffffffL))
        .serviceType(ServiceTypeDetail.builder().serviceType(type).build())
        .serviceRegion(world.region())
        .availabilityZones(Zones.of(world.region()).stream().map(Zones.Zone::name).toList())
        .owner("amazon")
        .baseEndpointDnsNames(service.name() + "." + world.region() + ".vpce.amazonaws.com")
        .vpcEndpointPolicySupported(true)
        .acceptanceRequired(false)
        .managesVpcEndpoints(false)
        .tags(List.of());
  }
}

package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.AssociateDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.AssociateDhcpOptionsResponse;
import software.amazon.awssdk.services.ec2.model.AttributeValue;
import software.amazon.awssdk.services.ec2.model.CreateDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.CreateDhcpOptionsResponse;
import software.amazon.awssdk.services.ec2.model.DeleteDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteDhcpOptionsResponse;
import software.amazon.awssdk.services.ec2.model.DescribeDhcpOptionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeDhcpOptionsResponse;
import software.amazon.awssdk.services.ec2.model.DhcpConfiguration;
import software.amazon.awssdk.services.ec2.model.DhcpOptions;
import software.amazon.awssdk.services.ec2.model.NewDhcpConfiguration;

/** DHCP options. Source: EC2 API reference, CreateDhcpOptions and others. */
@Differs(
    value =
        "DHCP options name no servers for DNS but AmazonProvidedDNS; others are refused by name.",
    because = "What another server answers cannot be derived from the network.")
final class DhcpOptionsApi {

  private static final Set<String> KEYS =
      Set.of(
          "domain-name",
          "domain-name-servers",
          "ntp-servers",
          "netbios-name-servers",
          "netbios-node-type",
          "ipv6-address-preferred-lease-time");

  private final World world;
  private final Stores stores;
  private final Filters<DhcpOptions> filters;

  DhcpOptionsApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.filters =
        Filters.of(stores.dhcpOptions.kind())
            .on("dhcp-options-id", DhcpOptions::dhcpOptionsId)
            .on("owner-id", DhcpOptions::ownerId)
            .many("key", o -> o.dhcpConfigurations().stream().map(DhcpConfiguration::key))
            .many(
                "value",
                o ->
                    o.dhcpConfigurations().stream()
                        .flatMap(c -> c.values().stream())
                        .map(AttributeValue::value));
  }

  /** Creates a set of options. */
  public CreateDhcpOptionsResponse createDhcpOptions(CreateDhcpOptionsRequest request) {
    Parameters.only(request, "DhcpConfigurations", "TagSpecifications");
    List<DhcpConfiguration> configurations = new ArrayList<>();
    for (NewDhcpConfiguration given :
        Parameters.required("dhcpConfiguration", request.dhcpConfigurations())) {
      configurations.add(checked(given));
    }
    DhcpOptions made =
        stores.dhcpOptions.put(
            DhcpOptions.builder()
                .dhcpOptionsId(stores.dhcpOptions.newId())
                .ownerId(world.account())
                .dhcpConfigurations(configurations)
                .tags(Tags.of(request.tagSpecifications(), "dhcp-options"))
                .build());
    return CreateDhcpOptionsResponse.builder().dhcpOptions(made).build();
  }

  private static DhcpConfiguration checked(NewDhcpConfiguration given) {
    if (!KEYS.contains(Parameters.required("dhcpConfiguration.key", given.key()))) {
      throw Parameters.invalid(given.key(), "option", "Unknown DHCP option");
    }
    if (given.values().isEmpty()) {
      throw AwsError.of(
          "InvalidParameterValue", "A value must be specified for option " + given.key());
    }
    boolean foreign =
        given.key().equals("domain-name-servers")
            && !given.values().equals(List.of("AmazonProvidedDNS"));
    if (foreign) {
      throw Parameters.unsupported("domain-name-servers=" + String.join(",", given.values()));
    }
    return DhcpConfiguration.builder()
        .key(given.key())
        .values(
            given.values().stream().map(v -> AttributeValue.builder().value(v).build()).toList())
        .build();
  }

  /** Lists sets of options. */
  public DescribeDhcpOptionsResponse describeDhcpOptions(DescribeDhcpOptionsRequest request) {
    Parameters.only(request, "DhcpOptionsIds", "Filters", "NextToken", "MaxResults");
    Page<DhcpOptions> page =
        Page.of(
            filters.apply(stores.dhcpOptions.select(request.dhcpOptionsIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeDhcpOptionsResponse.builder()
        .dhcpOptions(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Gives a VPC a set of options, or the default ones. */
  public AssociateDhcpOptionsResponse associateDhcpOptions(AssociateDhcpOptionsRequest request) {
    Parameters.only(request, "DhcpOptionsId", "VpcId");
    String id = Parameters.required("dhcpOptionsId", request.dhcpOptionsId());
    String vpc = Parameters.required("vpcId", request.vpcId());
    if (!id.equals("default")) {
      stores.dhcpOptions.require(id);
    }
    stores.vpcs.require(vpc);
    stores.vpcs.update(vpc, v -> v.toBuilder().dhcpOptionsId(id).build());
    return AssociateDhcpOptionsResponse.builder().build();
  }

  /** Deletes a set of options that no VPC has. */
  public DeleteDhcpOptionsResponse deleteDhcpOptions(DeleteDhcpOptionsRequest request) {
    Parameters.only(request, "DhcpOptionsId");
    String id = Parameters.required("dhcpOptionsId", request.dhcpOptionsId());
    stores.dhcpOptions.require(id);
    if (stores.vpcs.any(v -> id.equals(v.dhcpOptionsId()))) {
      throw AwsError.of(
          "DependencyViolation",
          "The dhcpOptions '%s' has dependencies and cannot be deleted.".formatted(id));
    }
    stores.dhcpOptions.remove(id);
    return DeleteDhcpOptionsResponse.builder().build();
  }
}

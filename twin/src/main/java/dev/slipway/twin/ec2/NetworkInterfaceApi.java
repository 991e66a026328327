package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AttachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.AttachNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.ModifyNetworkInterfaceAttributeRequest;
import software.amazon.awssdk.services.ec2.model.ModifyNetworkInterfaceAttributeResponse;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;

/** Network interfaces as customers see them. Source: EC2 API reference, CreateNetworkInterface. */
final class NetworkInterfaceApi {

  private final World world;
  private final Stores stores;
  private final Interfaces interfaces;
  private final Elastic elastic;
  private final ClientTokens tokens;
  private final Filters<NetworkInterface> filters;

  NetworkInterfaceApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.interfaces = new Interfaces(world, stores);
    this.elastic = new Elastic(world, stores);
    this.tokens = new ClientTokens(world);
    this.filters = NetworkInterfaceFilters.of(stores.networkInterfaces.kind());
  }

  /** Creates an interface that is attached to nothing. */
  public CreateNetworkInterfaceResponse createNetworkInterface(
      CreateNetworkInterfaceRequest request) {
    Parameters.only(
        request,
        "SubnetId",
        "Description",
        "PrivateIpAddress",
        "SecondaryPrivateIpAddressCount",
        "Groups",
        "TagSpecifications",
        "ClientToken");
    Optional<NetworkInterface> before =
        tokens.madeBefore(stores.networkInterfaces, request.clientToken());
    if (before.isPresent()) {
      return CreateNetworkInterfaceResponse.builder().networkInterface(before.get()).build();
    }
    NetworkInterface made =
        interfaces.createOwn(
            Parameters.required("subnetId", request.subnetId()),
            request.groups(),
            Optional.ofNullable(request.privateIpAddress()),
            request.description() == null ? "" : request.description(),
            Tags.of(request.tagSpecifications(), "network-interface"));
    if (request.secondaryPrivateIpAddressCount() != null) {
      made = withMore(made, request.secondaryPrivateIpAddressCount());
    }
    tokens.remember(stores.networkInterfaces, request.clientToken(), made.networkInterfaceId());
    return CreateNetworkInterfaceResponse.builder()
        .networkInterface(made.toBuilder().requesterId(world.account()).status("pending").build())
        .clientToken(request.clientToken())
        .build();
  }

  private NetworkInterface withMore(NetworkInterface made, int count) {
    String id = made.networkInterfaceId();
    try {
      new SecondaryAddressApi(world, stores).assign(id, List.of(), count);
    } catch (AwsError e) {
      interfaces.delete(id);
      throw e;
    }
    return stores.networkInterfaces.require(id);
  }

  /** Tells one attribute of an interface. */
  public DescribeNetworkInterfaceAttributeResponse describeNetworkInterfaceAttribute(
      DescribeNetworkInterfaceAttributeRequest request) {
    Parameters.only(request, "NetworkInterfaceId", "Attribute");
    NetworkInterface known = known(request.networkInterfaceId());
    String attribute = Parameters.required("attribute", request.attributeAsString());
    DescribeNetworkInterfaceAttributeResponse.Builder answer =
        DescribeNetworkInterfaceAttributeResponse.builder()
            .networkInterfaceId(known.networkInterfaceId());
    switch (attribute) {
      case "description" -> answer.description(a -> a.value(known.description()));
      case "groupSet" -> answer.groups(known.groups());
      case "sourceDestCheck" -> answer.sourceDestCheck(a -> a.value(known.sourceDestCheck()));
      case "attachment" -> answer.attachment(known.attachment());
      default -> throw Parameters.invalid(attribute, "attribute", "Unknown attribute.");
    }
    return answer.build();
  }

  /** Refuses: the twin has no instances that an interface could be attached to. */
  public AttachNetworkInterfaceResponse attachNetworkInterface(
      AttachNetworkInterfaceRequest request) {
    Parameters.only(request, "NetworkInterfaceId", "InstanceId", "DeviceIndex");
    known(request.networkInterfaceId());
    throw AwsError.of(
        "InvalidInstanceID.NotFound",
        "The instance ID '%s' does not exist"
            .formatted(Parameters.required("instanceId", request.instanceId())));
  }

  /** Lists interfaces, those that AWS services keep too. */
  public DescribeNetworkInterfacesResponse describeNetworkInterfaces(
      DescribeNetworkInterfacesRequest request) {
    Parameters.only(request, "Filters", "NetworkInterfaceIds", "NextToken", "MaxResults");
    Page<NetworkInterface> page =
        Page.of(
            filters.apply(
                stores.networkInterfaces.select(request.networkInterfaceIds()), request.filters()),
            request.maxResults(),
            request.nextToken());
    return DescribeNetworkInterfacesResponse.builder()
        .networkInterfaces(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Deletes an interface that is not in use. */
  public DeleteNetworkInterfaceResponse deleteNetworkInterface(
      DeleteNetworkInterfaceRequest request) {
    Parameters.only(request, "NetworkInterfaceId");
    NetworkInterface known = known(request.networkInterfaceId());
    if (known.status() == NetworkInterfaceStatus.IN_USE) {
      throw AwsError.of(
          "InvalidParameterValue",
          "Network interface '%s' is currently in use.".formatted(known.networkInterfaceId()));
    }
    elastic.unmapAll(known.networkInterfaceId());
    interfaces.delete(known.networkInterfaceId());
    return DeleteNetworkInterfaceResponse.builder().build();
  }

  /** Refuses: what is attached in the twin is attached by a service of AWS. */
  public DetachNetworkInterfaceResponse detachNetworkInterface(
      DetachNetworkInterfaceRequest request) {
    Parameters.only(request, "AttachmentId", "Force");
    String id = Parameters.required("attachmentId", request.attachmentId());
    boolean known =
        stores.networkInterfaces.any(
            i -> i.attachment() != null && id.equals(i.attachment().attachmentId()));
    if (known) {
      throw Interfaces.notYours();
    }
    throw AwsError.of(
        "InvalidAttachmentID.NotFound", "The attachment '%s' does not exist.".formatted(id));
  }

  /** Changes one attribute of an interface of the customer's own. */
  public ModifyNetworkInterfaceAttributeResponse modifyNetworkInterfaceAttribute(
      ModifyNetworkInterfaceAttributeRequest request) {
    Parameters.only(request, "NetworkInterfaceId", "Groups", "Description", "SourceDestCheck");
    NetworkInterface known = known(request.networkInterfaceId());
    Interfaces.requireOwn(known);
    String id = known.networkInterfaceId();
    if (!request.groups().isEmpty()) {
      interfaces.setGroups(id, request.groups());
    }
    if (request.description() != null) {
      stores.networkInterfaces.update(
          id, i -> i.toBuilder().description(request.description().value()).build());
    }
    if (request.sourceDestCheck() != null) {
      stores.networkInterfaces.update(
          id, i -> i.toBuilder().sourceDestCheck(request.sourceDestCheck().value()).build());
    }
    return ModifyNetworkInterfaceAttributeResponse.builder().build();
  }

  private NetworkInterface known(String id) {
    return stores.networkInterfaces.require(Parameters.required("networkInterfaceId", id));
  }
}

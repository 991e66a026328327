package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AllocateAddressResponse;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressRequest;
import software.amazon.awssdk.services.ec2.model.ReleaseAddressResponse;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** {@code aws_eip}, in a VPC. */
final class EipResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_eip";
  }

  @Override
  public String label() {
    return "EC2 EIP";
  }

  @Override
  public void create(Context context, Attributes planned) {
    AllocateAddressRequest request =
        AllocateAddressRequest.builder()
            .domain(planned.text("domain", "vpc"))
            .address(planned.text("address"))
            .networkBorderGroup(planned.text("network_border_group"))
            .publicIpv4Pool(planned.text("public_ipv4_pool"))
            .tagSpecifications(Ec2Calls.tagSpecifications(planned, ResourceType.ELASTIC_IP))
            .build();
    planned.set("id", context.call(request, AllocateAddressResponse.class).allocationId());
    if (planned.has("instance") || planned.has("network_interface")) {
      associate(context, planned);
    }
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeAddressesRequest request =
        DescribeAddressesRequest.builder().allocationIds(state.id()).build();
    Optional<Address> found =
        context.findFirst(() -> context.call(request, DescribeAddressesResponse.class).addresses());
    if (found.isEmpty()) {
      return false;
    }
    Address address = found.get();
    String region = context.region();
    state
        .set("arn", context.arn("ec2", "elastic-ip/" + address.allocationId()))
        .set("allocation_id", address.allocationId())
        .setText("association_id", address.associationId())
        .setText("carrier_ip", address.carrierIp())
        .setText("customer_owned_ip", address.customerOwnedIp())
        .setText("customer_owned_ipv4_pool", address.customerOwnedIpv4Pool())
        .set("domain", address.domainAsString())
        .setText("instance", address.instanceId())
        .setText("network_border_group", address.networkBorderGroup())
        .setText("network_interface", address.networkInterfaceId())
        .setText("private_ip", address.privateIpAddress())
        .set("private_dns", dnsName("ip-", address.privateIpAddress(), region, ".compute.internal"))
        .set("public_ip", address.publicIp())
        .set("public_dns", dnsName("ec2-", address.publicIp(), region, ".compute.amazonaws.com"))
        .setText("public_ipv4_pool", address.publicIpv4Pool())
        .setEmpty("ptr_record")
        .set("vpc", "vpc".equals(address.domainAsString()));
    Ec2Calls.setTags(context, state, address.tags());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "instance", "network_interface", "associate_with_private_ip")) {
      disassociate(context, prior);
      if (planned.has("instance") || planned.has("network_interface")) {
        associate(context, planned);
      }
    }
    Ec2Calls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    disassociate(context, state);
    ReleaseAddressRequest request =
        ReleaseAddressRequest.builder().allocationId(state.id()).build();
    context
        .waiter()
        .retry(
            context.timeout(state, "delete", Duration.ofMinutes(3)),
            e -> e.is("AuthFailure", "InvalidIPAddress.InUse"),
            () -> context.call(request, ReleaseAddressResponse.class));
  }

  private static void associate(Context context, Attributes planned) {
    AssociateAddressRequest request =
        AssociateAddressRequest.builder()
            .allocationId(planned.id())
            .instanceId(planned.text("instance"))
            .networkInterfaceId(planned.text("network_interface"))
            .privateIpAddress(planned.text("associate_with_private_ip"))
            .build();
    context.call(request, AssociateAddressResponse.class);
  }

  /**
   * A refusal to disassociate is left to the release: the address of a NAT gateway is the
   * gateway's.
   */
  private static void disassociate(Context context, Attributes state) {
    if (!state.has("association_id")) {
      return;
    }
    DisassociateAddressRequest request =
        DisassociateAddressRequest.builder().associationId(state.text("association_id")).build();
    context.find(() -> context.call(request, DisassociateAddressResponse.class));
  }

  private static String dnsName(String prefix, String ip, String region, String suffix) {
    if (ip == null) {
      return null;
    }
    boolean old = region.equals("us-east-1");
    String domain =
        suffix.endsWith("internal")
            ? (old ? ".ec2.internal" : "." + region + suffix)
            : (old ? ".compute-1.amazonaws.com" : "." + region + suffix);
    return prefix + ip.replace('.', '-') + domain;
  }
}

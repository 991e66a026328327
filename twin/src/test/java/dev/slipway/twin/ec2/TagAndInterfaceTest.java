package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkInterfaceResponse;
import software.amazon.awssdk.services.ec2.model.CreateTagsRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DeleteTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkInterfacesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.DetachNetworkInterfaceRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.TagDescription;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class TagAndInterfaceTest {

  private final Lab lab = new Lab();
  private String vpc;
  private String subnet;

  @BeforeEach
  void drawSubnet() {
    vpc = lab.vpc("10.0.0.0/16");
    subnet = lab.subnet(vpc, "10.0.0.0/24");
  }

  private DescribeTagsResponse tags() {
    return lab.call(
        DescribeTagsRequest.builder().filters(f -> f.name("resource-id").values(vpc)).build(),
        DescribeTagsResponse.class);
  }

  @Test
  void tagsAreOverwrittenByKeyAndRemovedByKeyOrByKeyAndValue() {
    lab.call(
        CreateTagsRequest.builder()
            .resources(vpc, subnet)
            .tags(t -> t.key("a").value("1"), t -> t.key("b").value("2"))
            .build());
    lab.call(CreateTagsRequest.builder().resources(vpc).tags(t -> t.key("a").value("3")).build());
    lab.call(
        DeleteTagsRequest.builder().resources(vpc).tags(t -> t.key("a").value("other")).build());
    assertThat(tags().tags())
        .extracting(TagDescription::key, TagDescription::value)
        .containsExactly(tuple("a", "3"), tuple("b", "2"));
    lab.call(DeleteTagsRequest.builder().resources(vpc).tags(t -> t.key("a")).build());
    assertThat(tags().tags()).extracting(TagDescription::key).containsExactly("b");
  }

  @Test
  void aCallWithOneWrongIdTagsNothing() {
    assertThat(
            lab.refusal(
                    CreateTagsRequest.builder()
                        .resources(vpc, "subnet-none")
                        .tags(t -> t.key("a").value("1"))
                        .build())
                .code())
        .isEqualTo("InvalidSubnetID.NotFound");
    assertThat(tags().tags()).isEmpty();
  }

  @Test
  void aReservedTagKeyIsRefused() {
    assertThat(
            lab.refusal(
                CreateTagsRequest.builder()
                    .resources(vpc)
                    .tags(t -> t.key("aws:x").value("1"))
                    .build()))
        .hasMessage("Tag keys starting with 'aws:' are reserved for internal use");
  }

  @Test
  void whatAServiceKeepsCannotBeDetachedOrDeletedByHand() {
    NetworkInterface task = lab.managed(subnet, false);
    assertThat(
            lab.refusal(
                    DetachNetworkInterfaceRequest.builder()
                        .attachmentId(task.attachment().attachmentId())
                        .build())
                .code())
        .isEqualTo("AuthFailure");
    assertThat(
            lab.refusal(
                DeleteNetworkInterfaceRequest.builder()
                    .networkInterfaceId(task.networkInterfaceId())
                    .build()))
        .hasMessage("Network interface '%s' is currently in use.", task.networkInterfaceId());
  }

  @Test
  void aPublicInterfaceIsFoundByItsPublicAddress() {
    NetworkInterface task = lab.managed(subnet, true);
    String ip = task.association().publicIp();
    assertThat(
            lab.call(
                    DescribeNetworkInterfacesRequest.builder()
                        .filters(f -> f.name("association.public-ip").values(ip))
                        .build(),
                    DescribeNetworkInterfacesResponse.class)
                .networkInterfaces())
        .containsExactly(task);
    assertThat(lab.managed(subnet, true).association().publicIp()).isNotEqualTo(ip);
  }

  @Test
  void anElasticAddressIsMappedToAnInterfaceOfOnesOwnAndTakenOff() {
    NetworkInterface own =
        lab.call(
                CreateNetworkInterfaceRequest.builder()
                    .subnetId(subnet)
                    .privateIpAddress("10.0.0.77")
                    .build(),
                CreateNetworkInterfaceResponse.class)
            .networkInterface();
    AssociateAddressRequest associate =
        AssociateAddressRequest.builder()
            .allocationId(lab.address())
            .networkInterfaceId(own.networkInterfaceId())
            .build();
    assertThat(lab.refusal(associate).code()).isEqualTo("Gateway.NotAttached");
    lab.gateway(vpc);
    String association = lab.call(associate, AssociateAddressResponse.class).associationId();
    assertThat(lab.ec2.network().networkInterfaces().getFirst().association().associationId())
        .isEqualTo(association);
    lab.call(DisassociateAddressRequest.builder().associationId(association).build());
    assertThat(lab.ec2.network().networkInterfaces().getFirst().association()).isNull();
  }

  @Test
  void anAccountHasFiveElasticAddresses() {
    for (int i = 0; i < 5; i++) {
      lab.address();
    }
    assertThat(lab.refusal(AllocateAddressRequest.builder().build()).code())
        .isEqualTo("AddressLimitExceeded");
  }

  @Test
  void aRegionHasThreeZones() {
    assertThat(
            lab.call(
                    DescribeAvailabilityZonesRequest.builder()
                        .filters(f -> f.name("state").values("available"))
                        .build(),
                    DescribeAvailabilityZonesResponse.class)
                .availabilityZones())
        .extracting(z -> z.zoneName())
        .containsExactly("eu-west-1a", "eu-west-1b", "eu-west-1c");
  }
}

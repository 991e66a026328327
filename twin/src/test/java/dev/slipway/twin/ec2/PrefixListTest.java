package dev.slipway.twin.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.topology.Place;
import dev.slipway.topology.Reachability;
import dev.slipway.topology.Verdict.Blocked;
import dev.slipway.topology.Verdict.ObstacleKind;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeManagedPrefixListsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListEntriesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.ModifyManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.PrefixListAssociation;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.PrefixListState;
import software.amazon.awssdk.services.ec2.model.RestoreManagedPrefixListVersionRequest;

@SuppressWarnings("unchecked") // the SDK takes varargs of consumers
class PrefixListTest {

  private final Lab lab = new Lab();
  private String vpc;
  private String subnet;
  private String table;
  private String group;
  private String list;

  @BeforeEach
  void draw() {
    vpc = lab.vpc("10.0.0.0/16");
    subnet = lab.subnet(vpc, "10.0.0.0/24");
    table = lab.table(vpc, subnet);
    group = lab.group(vpc, "web");
    list =
        lab.call(
                CreateManagedPrefixListRequest.builder()
                    .prefixListName("offices")
                    .addressFamily("IPv4")
                    .maxEntries(2)
                    .entries(e -> e.cidr("198.51.100.0/24").description("first"))
                    .build(),
                CreateManagedPrefixListResponse.class)
            .prefixList()
            .prefixListId();
  }

  private List<String> blocks(Long version) {
    return lab
        .call(
            GetManagedPrefixListEntriesRequest.builder()
                .prefixListId(list)
                .targetVersion(version)
                .build(),
            GetManagedPrefixListEntriesResponse.class)
        .entries()
        .stream()
        .map(PrefixListEntry::cidr)
        .toList();
  }

  private ManagedPrefixList now() {
    return lab.call(
            DescribeManagedPrefixListsRequest.builder().prefixListIds(list).build(),
            DescribeManagedPrefixListsResponse.class)
        .prefixLists()
        .getFirst();
  }

  private void add(String block) {
    lab.call(
        ModifyManagedPrefixListRequest.builder()
            .prefixListId(list)
            .currentVersion(now().version())
            .addEntries(e -> e.cidr(block))
            .build());
  }

  @Test
  void everyChangeOfTheEntriesIsAVersionThatCanBeBroughtBack() {
    add("192.0.2.0/24");
    assertThat(now().version()).isEqualTo(2);
    assertThat(blocks(null)).containsExactly("198.51.100.0/24", "192.0.2.0/24");
    assertThat(blocks(1L)).containsExactly("198.51.100.0/24");

    lab.call(
        RestoreManagedPrefixListVersionRequest.builder()
            .prefixListId(list)
            .previousVersion(1L)
            .currentVersion(2L)
            .build());
    assertThat(now().version()).isEqualTo(3);
    assertThat(blocks(null)).containsExactly("198.51.100.0/24");
  }

  @Test
  void aFullListTakesNoMore() {
    add("192.0.2.0/24");
    assertThat(
            lab.refusal(
                    ModifyManagedPrefixListRequest.builder()
                        .prefixListId(list)
                        .currentVersion(2L)
                        .addEntries(e -> e.cidr("203.0.113.0/24"))
                        .build())
                .code())
        .isEqualTo("PrefixListMaxEntriesExceeded");
  }

  @Test
  void aRuleWithTheListAdmitsItsBlocksAsTheyAreNow() {
    String gateway = lab.gateway(vpc);
    lab.route(table, gateway);
    lab.call(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(group)
            .ipPermissions(
                IpPermission.builder()
                    .ipProtocol("tcp")
                    .fromPort(80)
                    .toPort(80)
                    .prefixListIds(PrefixListId.builder().prefixListId(list).build())
                    .build())
            .build());
    Place target = new Place.Planned(subnet, List.of(group), true);
    Place client = new Place.Internet("192.0.2.9");
    assertThat(
            ((Blocked) Reachability.check(lab.ec2.network(), client, target, 80)).obstacle().kind())
        .isEqualTo(ObstacleKind.SECURITY_GROUP_INGRESS);

    add("192.0.2.0/24");
    assertThat(Reachability.check(lab.ec2.network(), client, target, 80).reachable()).isTrue();
  }

  @Test
  void aRouteToTheListIsTakenForItsBlocksAndKeepsTheListFromGoing() {
    String gateway = lab.gateway(vpc);
    lab.call(
        CreateRouteRequest.builder()
            .routeTableId(table)
            .destinationPrefixListId(list)
            .gatewayId(gateway)
            .build());
    Place from = new Place.Planned(subnet, List.of(group), true);
    assertThat(
            Reachability.check(lab.ec2.network(), from, new Place.Internet("198.51.100.9"), 443)
                .reachable())
        .isTrue();
    assertThat(
            ((Blocked)
                    Reachability.check(
                        lab.ec2.network(), from, new Place.Internet("192.0.2.9"), 443))
                .obstacle()
                .kind())
        .isEqualTo(ObstacleKind.NO_ROUTE);
    assertThat(
            lab.call(
                    GetManagedPrefixListAssociationsRequest.builder().prefixListId(list).build(),
                    GetManagedPrefixListAssociationsResponse.class)
                .prefixListAssociations())
        .extracting(PrefixListAssociation::resourceId)
        .containsExactly(table);

    DeleteManagedPrefixListRequest delete =
        DeleteManagedPrefixListRequest.builder().prefixListId(list).build();
    lab.call(delete);
    assertThat(now().state()).isEqualTo(PrefixListState.DELETE_FAILED);
    lab.call(
        DeleteRouteRequest.builder().routeTableId(table).destinationPrefixListId(list).build());
    lab.call(delete);
    assertThat(
            lab.refusal(DescribeManagedPrefixListsRequest.builder().prefixListIds(list).build())
                .code())
        .isEqualTo("InvalidPrefixListID.NotFound");
  }

  @Test
  void aListCountsInAGroupAsOftenAsItMayHaveEntries() {
    String large =
        lab.call(
                CreateManagedPrefixListRequest.builder()
                    .prefixListName("large")
                    .addressFamily("IPv4")
                    .maxEntries(61)
                    .build(),
                CreateManagedPrefixListResponse.class)
            .prefixList()
            .prefixListId();
    assertThat(
            lab.refusal(
                    AuthorizeSecurityGroupIngressRequest.builder()
                        .groupId(group)
                        .ipPermissions(
                            IpPermission.builder()
                                .ipProtocol("-1")
                                .prefixListIds(PrefixListId.builder().prefixListId(large).build())
                                .build())
                        .build())
                .code())
        .isEqualTo("RulesPerSecurityGroupLimitExceeded");
  }
}

package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.IcmpTypeCode;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** The entries of network ACLs. Source: EC2 API reference, CreateNetworkAclEntry and others. */
final class NetworkAclEntryApi {

  /** Source: VPC user guide, quotas: rules per network ACL, in each direction. */
  private static final int LIMIT = 20;

  private final Stores stores;

  NetworkAclEntryApi(Stores stores) {
    this.stores = stores;
  }

  /** Adds an entry under a number that is free. */
  public CreateNetworkAclEntryResponse createNetworkAclEntry(CreateNetworkAclEntryRequest request) {
    Parameters.only(
        request,
        "NetworkAclId",
        "RuleNumber",
        "Protocol",
        "RuleAction",
        "Egress",
        "CidrBlock",
        "Ipv6CidrBlock",
        "IcmpTypeCode",
        "PortRange");
    NetworkAcl acl = acl(request.networkAclId());
    NetworkAclEntry made =
        entry(
            request.ruleNumber(),
            request.protocol(),
            request.ruleAction(),
            Boolean.TRUE.equals(request.egress()),
            request.cidrBlock(),
            request.ipv6CidrBlock(),
            request.icmpTypeCode(),
            request.portRange());
    if (acl.entries().stream().anyMatch(same(made.ruleNumber(), made.egress()))) {
      throw AwsError.of(
          "NetworkAclEntryAlreadyExists",
          "The network acl entry identified by %d already exists.".formatted(made.ruleNumber()));
    }
    long direction = acl.entries().stream().filter(e -> e.egress().equals(made.egress())).count();
    if (direction > LIMIT) {
      throw AwsError.of(
          "NetworkAclEntryLimitExceeded",
          "The maximum number of network ACL entries has been reached.");
    }
    put(acl, Stream.concat(acl.entries().stream(), Stream.of(made)));
    return CreateNetworkAclEntryResponse.builder().build();
  }

  /** Replaces the entry of a number. */
  public ReplaceNetworkAclEntryResponse replaceNetworkAclEntry(
      ReplaceNetworkAclEntryRequest request) {
    Parameters.only(
        request,
        "NetworkAclId",
        "RuleNumber",
        "Protocol",
        "RuleAction",
        "Egress",
        "CidrBlock",
        "Ipv6CidrBlock",
        "IcmpTypeCode",
        "PortRange");
    NetworkAcl acl = acl(request.networkAclId());
    NetworkAclEntry made =
        entry(
            request.ruleNumber(),
            request.protocol(),
            request.ruleAction(),
            Boolean.TRUE.equals(request.egress()),
            request.cidrBlock(),
            request.ipv6CidrBlock(),
            request.icmpTypeCode(),
            request.portRange());
    Predicate<NetworkAclEntry> same = same(made.ruleNumber(), made.egress());
    requireEntry(acl, made.ruleNumber(), same);
    put(acl, acl.entries().stream().map(e -> same.test(e) ? made : e));
    return ReplaceNetworkAclEntryResponse.builder().build();
  }

  /** Removes an entry. */
  public DeleteNetworkAclEntryResponse deleteNetworkAclEntry(DeleteNetworkAclEntryRequest request) {
    Parameters.only(request, "NetworkAclId", "RuleNumber", "Egress");
    NetworkAcl acl = acl(request.networkAclId());
    int number = number(request.ruleNumber());
    Predicate<NetworkAclEntry> same = same(number, Boolean.TRUE.equals(request.egress()));
    requireEntry(acl, number, same);
    put(acl, acl.entries().stream().filter(same.negate()));
    return DeleteNetworkAclEntryResponse.builder().build();
  }

  private NetworkAcl acl(String id) {
    return stores.networkAcls.require(Parameters.required("networkAclId", id));
  }

  private static Predicate<NetworkAclEntry> same(int number, boolean egress) {
    return e -> e.ruleNumber() == number && e.egress() == egress;
  }

  private static void requireEntry(
      NetworkAcl acl, int number, Predicate<NetworkAclEntry> condition) {
    if (acl.entries().stream().noneMatch(condition)) {
      throw AwsError.of(
          "InvalidNetworkAclEntry.NotFound",
          "The network acl entry identified by %d does not exist.".formatted(number));
    }
  }

  private void put(NetworkAcl acl, Stream<NetworkAclEntry> entries) {
    List<NetworkAclEntry> sorted =
        entries
            .sorted(
                Comparator.comparing(NetworkAclEntry::egress)
                    .reversed()
                    .thenComparing(NetworkAclEntry::ruleNumber))
            .toList();
    stores.networkAcls.put(acl.toBuilder().entries(sorted).build());
  }

  private static int number(Integer given) {
    int number = Parameters.required("ruleNumber", given);
    if (number < 1 || number >= AclEntries.LAST) {
      throw Parameters.invalid(
          String.valueOf(number), "ruleNumber", "Rule numbers are between 1 and 32766.");
    }
    return number;
  }

  private static NetworkAclEntry entry(
      Integer number,
      String protocol,
      RuleAction action,
      boolean egress,
      String block,
      String block6,
      IcmpTypeCode icmp,
      PortRange ports) {
    String wanted = protocol(Parameters.required("protocol", protocol));
    if (block == null && block6 == null) {
      throw AwsError.of("MissingParameter", "The request must contain the parameter cidrBlock");
    }
    if (block != null && !Cidr.isValid(block)) {
      throw Parameters.invalid(block, "cidrBlock", "This is not a valid CIDR block.");
    }
    boolean hasPorts = wanted.equals("6") || wanted.equals("17");
    if (hasPorts && (ports == null || ports.from() == null || ports.to() == null)) {
      throw AwsError.of(
          "MissingParameter", "The request must contain the parameter PortRange.From");
    }
    return NetworkAclEntry.builder()
        .ruleNumber(number(number))
        .protocol(wanted)
        .ruleAction(Parameters.required("ruleAction", action))
        .egress(egress)
        .cidrBlock(block == null ? null : Objects.toString(Cidr.parse(block)))
        .ipv6CidrBlock(block6)
        .icmpTypeCode(icmp)
        .portRange(hasPorts ? ports : null)
        .build();
  }

  private static String protocol(String given) {
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "all", "-1" -> "-1";
      case "tcp" -> "6";
      case "udp" -> "17";
      case "icmp" -> "1";
      default -> given;
    };
  }
}

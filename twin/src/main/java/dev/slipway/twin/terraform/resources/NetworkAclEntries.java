package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.CreateNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryRequest;
import software.amazon.awssdk.services.ec2.model.DeleteNetworkAclEntryResponse;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeNetworkAclsResponse;
import software.amazon.awssdk.services.ec2.model.IcmpTypeCode;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;

/** The rules of network ACLs. Protocols are names in Terraform's configuration, numbers in EC2. */
final class NetworkAclEntries {

  /** The rule that every ACL ends with, and that nobody can change. */
  static final int LAST = 32767;

  private static final Map<String, String> NUMBERS =
      Map.of("all", "-1", "icmp", "1", "tcp", "6", "udp", "17", "icmpv6", "58");

  private NetworkAclEntries() {}

  static String protocol(String protocol) {
    return NUMBERS.getOrDefault(protocol.toLowerCase(Locale.ROOT), protocol);
  }

  static Optional<NetworkAcl> acl(Context context, String id) {
    DescribeNetworkAclsRequest request =
        DescribeNetworkAclsRequest.builder().networkAclIds(id).build();
    return context.findFirst(
        () -> context.call(request, DescribeNetworkAclsResponse.class).networkAcls());
  }

  /** Creates a rule from the attributes that blocks and rule resources name alike. */
  static void create(
      Context context, String acl, boolean egress, int number, String action, Attributes rule) {
    CreateNetworkAclEntryRequest.Builder request =
        CreateNetworkAclEntryRequest.builder()
            .networkAclId(acl)
            .egress(egress)
            .ruleNumber(number)
            .ruleAction(action)
            .protocol(protocol(rule.text("protocol", "-1")))
            .cidrBlock(rule.text("cidr_block"))
            .ipv6CidrBlock(rule.text("ipv6_cidr_block"));
    String protocol = protocol(rule.text("protocol", "-1"));
    if (protocol.equals("1") || protocol.equals("58")) {
      request.icmpTypeCode(
          IcmpTypeCode.builder()
              .type(rule.integer("icmp_type"))
              .code(rule.integer("icmp_code"))
              .build());
    } else if (!protocol.equals("-1")) {
      request.portRange(
          PortRange.builder().from(rule.integer("from_port")).to(rule.integer("to_port")).build());
    }
    context.call(request.build(), CreateNetworkAclEntryResponse.class);
  }

  static void delete(Context context, String acl, boolean egress, int number) {
    DeleteNetworkAclEntryRequest request =
        DeleteNetworkAclEntryRequest.builder()
            .networkAclId(acl)
            .egress(egress)
            .ruleNumber(number)
            .build();
    context.find(() -> context.call(request, DeleteNetworkAclEntryResponse.class));
  }

  /** A rule as the {@code ingress} and {@code egress} attributes of an ACL hold it. */
  static Attributes toAttribute(NetworkAclEntry entry) {
    PortRange ports = entry.portRange();
    IcmpTypeCode icmp = entry.icmpTypeCode();
    return new Attributes()
        .set("rule_no", entry.ruleNumber())
        .set("action", entry.ruleActionAsString())
        .set("protocol", entry.protocol())
        .setText("cidr_block", entry.cidrBlock())
        .setText("ipv6_cidr_block", entry.ipv6CidrBlock())
        .set("from_port", ports == null ? 0 : ports.from())
        .set("to_port", ports == null ? 0 : ports.to())
        .set("icmp_type", icmp == null ? 0 : icmp.type())
        .set("icmp_code", icmp == null ? 0 : icmp.code());
  }
}

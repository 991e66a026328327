package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;

/** {@code aws_network_acl_rule}. */
final class NetworkAclRuleResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_network_acl_rule";
  }

  @Override
  public String label() {
    return "EC2 Network ACL Rule";
  }

  @Override
  public Traits traits() {
    return new Traits()
        .same(
            "protocol",
            (prior, wanted) ->
                NetworkAclEntries.protocol(prior).equals(NetworkAclEntries.protocol(wanted)))
        .ignoringCase("rule_action");
  }

  @Override
  public void create(Context context, Attributes planned) {
    String acl = planned.text("network_acl_id");
    boolean egress = planned.flag("egress");
    int number = planned.integer("rule_number");
    NetworkAclEntries.create(context, acl, egress, number, planned.text("rule_action"), planned);
    planned.set("id", id(acl, number, egress, planned.text("protocol", "")));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    boolean egress = state.flag("egress");
    Optional<NetworkAclEntry> found =
        NetworkAclEntries.acl(context, state.text("network_acl_id", "")).stream()
            .flatMap(acl -> acl.entries().stream())
            .filter(entry -> entry.egress() == egress)
            .filter(entry -> entry.ruleNumber().equals(state.integer("rule_number")))
            .findFirst();
    if (found.isEmpty()) {
      return false;
    }
    NetworkAclEntry entry = found.get();
    state
        .set("egress", egress)
        .setText("cidr_block", entry.cidrBlock())
        .setText("ipv6_cidr_block", entry.ipv6CidrBlock())
        .set("protocol", entry.protocol())
        .set("rule_action", entry.ruleActionAsString());
    if (entry.portRange() != null) {
      state.set("from_port", entry.portRange().from()).set("to_port", entry.portRange().to());
    }
    if (entry.icmpTypeCode() != null) {
      state
          .set("icmp_type", entry.icmpTypeCode().type())
          .set("icmp_code", entry.icmpTypeCode().code());
    }
    return true;
  }

  @Override
  public void delete(Context context, Attributes state) {
    NetworkAclEntries.delete(
        context, state.text("network_acl_id"), state.flag("egress"), state.integer("rule_number"));
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    String[] parts = id.split(":", -1);
    if (parts.length != 4) {
      throw new IllegalArgumentException(
          "unexpected format of ID (%s), expected NETWORK_ACL_ID:RULE_NUMBER:PROTOCOL:EGRESS"
              .formatted(id));
    }
    boolean egress = Boolean.parseBoolean(parts[3]);
    int number = Integer.parseInt(parts[1]);
    state
        .set("network_acl_id", parts[0])
        .set("rule_number", number)
        .set("egress", egress)
        .set("id", id(parts[0], number, egress, parts[2]));
  }

  private static String id(String acl, int number, boolean egress, String protocol) {
    CRC32 checksum = new CRC32();
    String text = acl + "-" + number + "-" + egress + "-" + protocol + "-";
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return "nacl-" + checksum.getValue();
  }
}

package dev.slipway.twin.ec2;

import java.util.List;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.RuleAction;

/** The entries that network ACLs are born with. Source: VPC user guide, default network ACL. */
final class AclEntries {

  /** The number of the entry that denies all and cannot be changed. */
  static final int LAST = 32767;

  private AclEntries() {}

  static List<NetworkAclEntry> allowingAll() {
    return List.of(
        all(100, true, RuleAction.ALLOW),
        all(LAST, true, RuleAction.DENY),
        all(100, false, RuleAction.ALLOW),
        all(LAST, false, RuleAction.DENY));
  }

  static List<NetworkAclEntry> denyingAll() {
    return List.of(all(LAST, true, RuleAction.DENY), all(LAST, false, RuleAction.DENY));
  }

  private static NetworkAclEntry all(int number, boolean egress, RuleAction action) {
    return NetworkAclEntry.builder()
        .ruleNumber(number)
        .egress(egress)
        .ruleAction(action)
        .protocol("-1")
        .cidrBlock("0.0.0.0/0")
        .build();
  }
}

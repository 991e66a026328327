package dev.slipway.twin.wafv2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.util.List;
import software.amazon.awssdk.services.wafv2.model.Tag;
import software.amazon.awssdk.services.wafv2.model.WebACL;

/** Web ACLs of a world, and what they are associated with. */
final class WebAcls {

  private final World world;

  WebAcls(World world) {
    this.world = world;
  }

  /**
   * A web ACL.
   *
   * @param lock changes with every change of it, and must be known to change it
   */
  record Row(WebACL acl, String lock, List<Tag> tags) {}

  World world() {
    return world;
  }

  /** By ARN. */
  Table<Row> rows() {
    return world.table("wafv2.webAcls");
  }

  /** The ARN of a web ACL by the ARN of the resource that it stands before. */
  Table<String> associations() {
    return world.table("wafv2.associations");
  }

  Row require(String arn) {
    return rows().find(arn == null ? "" : arn).orElseThrow(WebAcls::notThere);
  }

  /** Whoever changes a web ACL must have seen it as it is. */
  Row require(String name, String id, String lock) {
    Row row =
        rows().all().stream()
            .filter(each -> each.acl().id().equals(id) && each.acl().name().equals(name))
            .findFirst()
            .orElseThrow(WebAcls::notThere);
    if (!row.lock().equals(lock)) {
      throw AwsError.of(
          "WAFOptimisticLockException",
          "AWS WAF couldn’t save your changes because someone changed the resource after you"
              + " started to edit it. Reapply your changes.");
    }
    return row;
  }

  static AwsError notThere() {
    return AwsError.of(
        "WAFNonexistentItemException",
        "AWS WAF couldn’t perform the operation because your resource doesn’t exist.");
  }

  static void requireRegional(String scope) {
    if (!"REGIONAL".equals(scope)) {
      throw unsupported("the scope " + scope);
    }
  }

  /** What the twin does not look at. */
  static AwsError unsupported(String what) {
    return AwsError.of("WAFInvalidOperationException", "the twin's WAFv2 does not have " + what);
  }
}

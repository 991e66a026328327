package dev.slipway.twin.elbv2;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/** Checks the transforms of a rule. Source: ELBv2 API reference, RuleTransform. */
final class TransformCheck {

  private TransformCheck() {}

  /** The transforms when they are valid: one of each kind at most, with one rewrite each. */
  static List<RuleTransform> checked(List<RuleTransform> transforms) {
    Set<TransformTypeEnum> kinds = new HashSet<>();
    for (RuleTransform transform : transforms) {
      Refusal.missing("transforms.1.member.type", transform.type());
      if (!kinds.add(transform.type())) {
        throw Refusal.validation(
            "A rule can have only one '" + transform.typeAsString() + "' transform");
      }
      List<RewriteConfig> rewrites = rewrites(transform);
      if (rewrites.size() != 1) {
        throw Refusal.validation("A transform must have exactly one rewrite");
      }
      Regexes.check(rewrites.getFirst().regex());
      Refusal.missing("rewrites.1.member.replace", rewrites.getFirst().replace());
    }
    return List.copyOf(transforms);
  }

  private static List<RewriteConfig> rewrites(RuleTransform transform) {
    return switch (transform.type()) {
      case HOST_HEADER_REWRITE ->
          transform.hostHeaderRewriteConfig() == null
              ? List.of()
              : transform.hostHeaderRewriteConfig().rewrites();
      case URL_REWRITE ->
          transform.urlRewriteConfig() == null
              ? List.of()
              : transform.urlRewriteConfig().rewrites();
      default ->
          throw Refusal.validation(
              "Transform type '"
                  + transform.typeAsString()
                  + "' must be one of 'host-header-rewrite, url-rewrite'");
    };
  }
}

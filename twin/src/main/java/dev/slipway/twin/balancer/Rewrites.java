package dev.slipway.twin.balancer;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RewriteConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleTransform;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;

/**
 * The transforms of a rule. Source: ELBv2 API reference, RuleTransform.
 *
 * @param onHost what becomes of the Host header
 * @param onUri what becomes of path and query
 */
record Rewrites(UnaryOperator<String> onHost, UnaryOperator<String> onUri) {

  /** The transforms, ready to use. */
  static Rewrites of(List<RuleTransform> transforms) {
    UnaryOperator<String> host = UnaryOperator.identity();
    UnaryOperator<String> uri = UnaryOperator.identity();
    for (RuleTransform transform : transforms) {
      if (transform.type() == TransformTypeEnum.HOST_HEADER_REWRITE) {
        host = compiled(transform.hostHeaderRewriteConfig().rewrites().getFirst());
      } else {
        uri = compiled(transform.urlRewriteConfig().rewrites().getFirst());
      }
    }
    return new Rewrites(host, uri);
  }

  private static UnaryOperator<String> compiled(RewriteConfig config) {
    Pattern pattern = Pattern.compile(config.regex());
    return text -> {
      try {
        return pattern.matcher(text).replaceFirst(config.replace());
      } catch (IndexOutOfBoundsException | PatternSyntaxException e) {
        // A replacement that names a group that is not there leaves the text as it is.
        return text;
      }
    };
  }

  String host(String host) {
    return onHost.apply(host);
  }

  String uri(String uri) {
    String rewritten = onUri.apply(uri);
    return rewritten.startsWith("/") || rewritten.equals("*") ? rewritten : "/" + rewritten;
  }
}

package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.Differs;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;

/** What an account may have, and the TLS policies on offer. */
final class AccountOperations {

  /** Source: ELB user guide, load-balancer-limits. */
  private static final Map<String, Integer> LIMITS =
      Map.of(
          "application-load-balancers", 50,
          "listeners-per-application-load-balancer", 50,
          "rules-per-application-load-balancer", 100,
          "target-groups-per-application-load-balancer", 100,
          "target-groups", 3000,
          "targets-per-target-group", 1000,
          "targets-per-application-load-balancer", 1000,
          "target-groups-per-action-on-application-load-balancer", 5,
          "condition-values-per-alb-rule", 5,
          "condition-wildcards-per-alb-rule", 5);

  /** DescribeAccountLimits. */
  public DescribeAccountLimitsResponse describeAccountLimits(DescribeAccountLimitsRequest request) {
    List<Limit> all =
        LIMITS.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(e -> Limit.builder().name(e.getKey()).max(e.getValue().toString()).build())
            .toList();
    Page<Limit> page = Page.of(all, request.marker(), request.pageSize());
    return DescribeAccountLimitsResponse.builder()
        .limits(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }

  /** DescribeSSLPolicies. */
  @Differs(
      value = "knows AWS's TLS policies from before 2025, without the post-quantum and FIPS ones",
      because = "Java has no ciphers for the former, and those of the latter are the same")
  public DescribeSslPoliciesResponse describeSSLPolicies(DescribeSslPoliciesRequest request) {
    List<SslPolicy> all =
        request.hasNames()
            ? request.names().stream().map(SslPolicies::require).toList()
            : SslPolicies.all();
    Page<SslPolicy> page = Page.of(all, request.marker(), request.pageSize());
    return DescribeSslPoliciesResponse.builder()
        .sslPolicies(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }
}

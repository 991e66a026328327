package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.Differs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Cipher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
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

  private static final SslPolicy TLS_1_3 =
      policy(
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
          List.of("TLSv1.2", "TLSv1.3"),
          List.of(
              "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"));

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
      value = "knows one of AWS's TLS policies and of its ciphers those of TLS 1.3",
      because = "the twin has no HTTPS listeners")
  public DescribeSslPoliciesResponse describeSSLPolicies(DescribeSslPoliciesRequest request) {
    List<SslPolicy> all =
        Stream.of(TLS_1_3)
            .filter(policy -> !request.hasNames() || request.names().contains(policy.name()))
            .toList();
    Page<SslPolicy> page = Page.of(all, request.marker(), request.pageSize());
    return DescribeSslPoliciesResponse.builder()
        .sslPolicies(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }

  private static SslPolicy policy(String name, List<String> protocols, List<String> ciphers) {
    return SslPolicy.builder()
        .name(name)
        .sslProtocols(protocols)
        .ciphers(
            Stream.iterate(0, i -> i < ciphers.size(), i -> i + 1)
                .map(i -> Cipher.builder().name(ciphers.get(i)).priority(i + 1).build())
                .toList())
        .supportedLoadBalancerTypes(LoadBalancerTypeEnum.APPLICATION.toString())
        .build();
  }
}

package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import software.amazon.awssdk.services.wafv2.Wafv2Client;

/** Web ACLs before the load balancer. */
final class WebAcl {

  private WebAcl() {}

  /** Puts one before the load balancer that lets nobody in. */
  static void blocking(Stage stage) {
    try (Wafv2Client waf = stage.client(Wafv2Client.builder())) {
      String arn =
          waf.createWebACL(r ->
                  r.name("strict")
                      .scope("REGIONAL")
                      .defaultAction(d -> d.block(b -> {}))
                      .visibilityConfig(v ->
                          v.sampledRequestsEnabled(true)
                              .cloudWatchMetricsEnabled(true)
                              .metricName("strict")))
              .summary()
              .arn();
      waf.associateWebACL(
          r -> r.webACLArn(arn).resourceArn(stage.its().loadBalancer().loadBalancerArn()));
    }
  }
}

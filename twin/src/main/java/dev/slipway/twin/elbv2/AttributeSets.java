package dev.slipway.twin.elbv2;

/**
 * The attributes of Application Load Balancers, their listeners and target groups. Source: ELBv2
 * API reference, LoadBalancerAttribute, ListenerAttribute, TargetGroupAttribute.
 */
final class AttributeSets {

  static final String DELETION_PROTECTION = "deletion_protection.enabled";
  static final String IDLE_TIMEOUT = "idle_timeout.timeout_seconds";
  static final String CLIENT_KEEP_ALIVE = "client_keep_alive.seconds";
  static final String XFF_MODE = "routing.http.xff_header_processing.mode";
  static final String XFF_PORT = "routing.http.xff_client_port.enabled";
  static final String PRESERVE_HOST = "routing.http.preserve_host_header.enabled";
  static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";
  static final String ALGORITHM = "load_balancing.algorithm.type";
  static final String MINIMUM_HEALTHY_COUNT =
      "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count";
  static final String MINIMUM_HEALTHY_PERCENTAGE =
      "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage";

  static final AttributeSet LOAD_BALANCER =
      new AttributeSet("Load balancer")
          .fixed("access_logs.s3.enabled", "false")
          .when("access_logs.s3.bucket", "", value -> true)
          .when("access_logs.s3.prefix", "", value -> true)
          .flag(DELETION_PROTECTION, false)
          .number(IDLE_TIMEOUT, 60, 1, 4000)
          .number(CLIENT_KEEP_ALIVE, 3600, 60, 604_800)
          .flag("routing.http2.enabled", true)
          .flag("routing.http.drop_invalid_header_fields.enabled", false)
          .choice(XFF_MODE, "append", "append", "preserve", "remove")
          .flag(XFF_PORT, false)
          .flag(PRESERVE_HOST, false)
          .choice(
              "routing.http.desync_mitigation_mode",
              "defensive",
              "monitor",
              "defensive",
              "strictest")
          .flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false)
          .flag("load_balancing.cross_zone.enabled", true)
          .flag("waf.fail_open.enabled", false)
          .fixed("connection_logs.s3.enabled", "false")
          .when("connection_logs.s3.bucket", "", value -> true)
          .when("connection_logs.s3.prefix", "", value -> true)
          .fixed("health_check_logs.s3.enabled", "false")
          .when("health_check_logs.s3.bucket", "", value -> true)
          .when("health_check_logs.s3.prefix", "", value -> true)
          .flag("ipv6.deny_all_igw_traffic", false)
          .fixed("zonal_shift.config.enabled", "false");

  static final AttributeSet TARGET_GROUP =
      new AttributeSet("Target group")
          .number(DEREGISTRATION_DELAY, 300, 0, 3600)
          .fixed("stickiness.enabled", "false")
          .choice("stickiness.type", "lb_cookie", "lb_cookie", "app_cookie")
          .number("stickiness.lb_cookie.duration_seconds", 86_400, 1, 604_800)
          .when("stickiness.app_cookie.cookie_name", "", value -> true)
          .number("stickiness.app_cookie.duration_seconds", 86_400, 1, 604_800)
          .choice(
              ALGORITHM,
              "round_robin",
              "round_robin",
              "least_outstanding_requests",
              "weighted_random")
          .fixed("load_balancing.algorithm.anomaly_mitigation", "off")
          .choice(
              "load_balancing.cross_zone.enabled",
              "use_load_balancer_configuration",
              "use_load_balancer_configuration",
              "true")
          .fixed("slow_start.duration_seconds", "0")
          .number("target_group_health.dns_failover.minimum_healthy_targets.count", 1, 1, 1000)
          .when(
              "target_group_health.dns_failover.minimum_healthy_targets.percentage",
              "off",
              AttributeSets::isPercentage)
          .number(MINIMUM_HEALTHY_COUNT, 1, 1, 1000)
          .when(MINIMUM_HEALTHY_PERCENTAGE, "off", AttributeSets::isPercentage);

  static final AttributeSet LISTENER =
      new AttributeSet("Listener")
          .fixed("routing.http.response.server.enabled", "true")
          .fixed("routing.http.response.strict_transport_security.header_value", "")
          .fixed("routing.http.response.access_control_allow_origin.header_value", "")
          .fixed("routing.http.response.access_control_allow_methods.header_value", "")
          .fixed("routing.http.response.access_control_allow_headers.header_value", "")
          .fixed("routing.http.response.access_control_allow_credentials.header_value", "")
          .fixed("routing.http.response.access_control_expose_headers.header_value", "")
          .fixed("routing.http.response.access_control_max_age.header_value", "")
          .fixed("routing.http.response.content_security_policy.header_value", "")
          .fixed("routing.http.response.x_content_type_options.header_value", "")
          .fixed("routing.http.response.x_frame_options.header_value", "");

  private AttributeSets() {}

  private static boolean isPercentage(String value) {
    return value.equals("off") || AttributeSet.isNumber(value, 1, 100);
  }
}

package dev.slipway.twin.elbv2;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes of Application Load Balancers, their listeners and target groups. Source: ELBv2
 * API reference, LoadBalancerAttribute, ListenerAttribute, TargetGroupAttribute.
 */
final class AttributeSets {

  static final String DELETION_PROTECTION = "deletion_protection.enabled";
  static final String ACCESS_LOGS = "access_logs.s3.enabled";
  static final String ACCESS_LOGS_BUCKET = "access_logs.s3.bucket";
  static final String ACCESS_LOGS_PREFIX = "access_logs.s3.prefix";
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

  static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
  static final String STICKINESS = "stickiness.enabled";
  static final String STICKINESS_TYPE = "stickiness.type";
  static final String LB_COOKIE_SECONDS = "stickiness.lb_cookie.duration_seconds";
  static final String APP_COOKIE = "stickiness.app_cookie.cookie_name";
  static final String APP_COOKIE_SECONDS = "stickiness.app_cookie.duration_seconds";
  static final String SLOW_START = "slow_start.duration_seconds";
  static final String DROP_INVALID_HEADERS = "routing.http.drop_invalid_header_fields.enabled";
  static final String TLS_HEADERS = "routing.http.x_amzn_tls_version_and_cipher_suite.enabled";
  static final String HTTP2 = "routing.http2.enabled";
  static final String DESYNC = "routing.http.desync_mitigation_mode";
  static final String SERVER_HEADER = "routing.http.response.server.enabled";

  /** The headers of answers that a listener may set, by attribute. */
  static final Map<String, String> RESPONSE_HEADERS = responseHeaders();

  static final AttributeSet LOAD_BALANCER =
      new AttributeSet("Load balancer")
          .flag(ACCESS_LOGS, false)
          .when(ACCESS_LOGS_BUCKET, "", value -> true)
          .when(ACCESS_LOGS_PREFIX, "", AttributeSets::isLogPrefix)
          .flag(DELETION_PROTECTION, false)
          .number(IDLE_TIMEOUT, 60, 1, 4000)
          .number(CLIENT_KEEP_ALIVE, 3600, 60, 604_800)
          .flag(HTTP2, true)
          .flag(DROP_INVALID_HEADERS, false)
          .choice(XFF_MODE, "append", "append", "preserve", "remove")
          .flag(XFF_PORT, false)
          .flag(PRESERVE_HOST, false)
          .choice(DESYNC, "defensive", "monitor", "defensive", "strictest")
          .flag(TLS_HEADERS, false)
          .fixed(CROSS_ZONE, "true")
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
          .flag(STICKINESS, false)
          .choice(STICKINESS_TYPE, "lb_cookie", "lb_cookie", "app_cookie")
          .number(LB_COOKIE_SECONDS, 86_400, 1, 604_800)
          .when(APP_COOKIE, "", AttributeSets::isCookieName)
          .number(APP_COOKIE_SECONDS, 86_400, 1, 604_800)
          .choice(
              ALGORITHM,
              "round_robin",
              "round_robin",
              "least_outstanding_requests",
              "weighted_random")
          .fixed("load_balancing.algorithm.anomaly_mitigation", "off")
          .choice(
              CROSS_ZONE,
              "use_load_balancer_configuration",
              "use_load_balancer_configuration",
              "true",
              "false")
          .when(
              SLOW_START, "0", value -> value.equals("0") || AttributeSet.isNumber(value, 30, 900))
          .number("target_group_health.dns_failover.minimum_healthy_targets.count", 1, 1, 1000)
          .when(
              "target_group_health.dns_failover.minimum_healthy_targets.percentage",
              "off",
              AttributeSets::isPercentage)
          .number(MINIMUM_HEALTHY_COUNT, 1, 1, 1000)
          .when(MINIMUM_HEALTHY_PERCENTAGE, "off", AttributeSets::isPercentage)
          .together(AttributeSets::checkTargetGroup);

  static final AttributeSet LISTENER = listener();

  private AttributeSets() {}

  private static boolean isLogPrefix(String value) {
    return !value.contains("AWSLogs") && !value.startsWith("/") && !value.endsWith("/");
  }

  private static boolean isPercentage(String value) {
    return value.equals("off") || AttributeSet.isNumber(value, 1, 100);
  }

  /** Source: ELB user guide, edit-target-group-attributes. */
  private static void checkTargetGroup(Map<String, String> values) {
    if (!values.get(SLOW_START).equals("0") && !values.get(ALGORITHM).equals("round_robin")) {
      throw Refusal.invalid(
          "You cannot enable both slow start and the load balancing algorithm '"
              + values.get(ALGORITHM)
              + "' on a target group");
    }
    if (values.get(STICKINESS).equals("true") && values.get(CROSS_ZONE).equals("false")) {
      throw Refusal.invalid(
          "You cannot enable stickiness when cross-zone load balancing is off on a target group");
    }
    if (values.get(STICKINESS).equals("true")
        && values.get(STICKINESS_TYPE).equals("app_cookie")
        && values.get(APP_COOKIE).isEmpty()) {
      throw Refusal.invalid(
          "You must specify '" + APP_COOKIE + "' when the stickiness type is 'app_cookie'");
    }
  }

  private static boolean isCookieName(String value) {
    return value.isEmpty()
        || value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}")
            && !value.matches("AWSALB|AWSALBAPP|AWSALBTG");
  }

  private static Map<String, String> responseHeaders() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name :
        List.of(
            "Strict-Transport-Security",
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers",
            "Access-Control-Max-Age",
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options")) {
      String key = name.toLowerCase(Locale.ROOT).replace('-', '_');
      names.put("routing.http.response." + key + ".header_value", name);
    }
    return Collections.unmodifiableMap(names);
  }

  private static AttributeSet listener() {
    AttributeSet listener = new AttributeSet("Listener").flag(SERVER_HEADER, true);
    RESPONSE_HEADERS.forEach(
        (key, name) -> listener.when(key, "", value -> isHeaderValue(name, value)));
    return listener;
  }

  private static boolean isHeaderValue(String name, String value) {
    if (value.isEmpty()) {
      return true;
    }
    return switch (name) {
      case "Access-Control-Allow-Credentials" -> value.equals("true");
      case "Access-Control-Max-Age" -> AttributeSet.isNumber(value, 0, 86_400);
      case "X-Content-Type-Options" -> value.equals("nosniff");
      case "X-Frame-Options" ->
          value.equals("DENY") || value.equals("SAMEORIGIN") || value.startsWith("ALLOW-FROM ");
      default -> value.length() <= 1024 && value.chars().allMatch(c -> c >= ' ' && c < 127);
    };
  }
}

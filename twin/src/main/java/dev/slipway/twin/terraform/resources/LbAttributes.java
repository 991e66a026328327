package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.value.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;

/**
 * The attributes that a load balancer has beside its own fields: Terraform names them one way,
 * ELBv2 another. Source: ELBv2 API reference, LoadBalancerAttribute.
 */
public final class LbAttributes {

  private static final Map<String, String> NUMBERS =
      Map.of(
          "idle_timeout", "idle_timeout.timeout_seconds",
          "client_keep_alive", "client_keep_alive.seconds");

  private static final Map<String, String> FLAGS =
      Map.of(
          "drop_invalid_header_fields", "routing.http.drop_invalid_header_fields.enabled",
          "enable_deletion_protection", "deletion_protection.enabled",
          "enable_http2", "routing.http2.enabled",
          "enable_tls_version_and_cipher_suite_headers",
              "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
          "enable_waf_fail_open", "waf.fail_open.enabled",
          "enable_xff_client_port", "routing.http.xff_client_port.enabled",
          "enable_zonal_shift", "zonal_shift.config.enabled",
          "preserve_host_header", "routing.http.preserve_host_header.enabled");

  private static final Map<String, String> TEXTS =
      Map.of(
          "desync_mitigation_mode", "routing.http.desync_mitigation_mode",
          "xff_header_processing_mode", "routing.http.xff_header_processing.mode");

  private LbAttributes() {}

  /** Every planned attribute that has a value and is not as it was. */
  static List<LoadBalancerAttribute> changes(Attributes prior, Attributes planned) {
    Map<String, String> changes = new TreeMap<>();
    NUMBERS.forEach((name, key) -> {
      if (planned.integer(name) != null && planned.differs(prior, name)) {
        changes.put(key, planned.integer(name).toString());
      }
    });
    FLAGS.forEach((name, key) -> {
      if (planned.differs(prior, name)) {
        changes.put(key, Boolean.toString(planned.flag(name)));
      }
    });
    TEXTS.forEach((name, key) -> {
      if (planned.has(name) && planned.differs(prior, name)) {
        changes.put(key, planned.text(name));
      }
    });
    logs(prior, planned, "access_logs", changes);
    logs(prior, planned, "connection_logs", changes);
    return changes.entrySet().stream()
        .map(e -> LoadBalancerAttribute.builder().key(e.getKey()).value(e.getValue()).build())
        .toList();
  }

  /** What a new load balancer has before anybody changes it. */
  static Attributes ofNew() {
    Attributes fresh = new Attributes();
    fresh.set("idle_timeout", 60).set("client_keep_alive", 3600).set("enable_http2", true);
    fresh.set("desync_mitigation_mode", "defensive").set("xff_header_processing_mode", "append");
    return fresh;
  }

  /** Stores the attributes that ELBv2 has. */
  public static void set(Attributes state, List<LoadBalancerAttribute> attributes) {
    Map<String, String> onAws = new HashMap<>();
    attributes.forEach(one -> onAws.put(one.key(), one.value()));
    NUMBERS.forEach((name, key) -> {
      if (onAws.containsKey(key)) {
        state.set(name, Integer.valueOf(onAws.get(key)));
      }
    });
    FLAGS.forEach((name, key) -> state.set(name, Boolean.valueOf(onAws.get(key))));
    TEXTS.forEach((name, key) -> state.setText(name, onAws.get(key)));
    for (String kind : List.of("access_logs", "connection_logs")) {
      String prefix = prefix(kind);
      state.setBlock(
          kind,
          new Attributes()
              .set("enabled", Boolean.valueOf(onAws.get(prefix + "enabled")))
              .setText("bucket", onAws.get(prefix + "bucket"))
              .setText("prefix", onAws.get(prefix + "prefix")));
    }
  }

  private static void logs(
      Attributes prior, Attributes planned, String kind, Map<String, String> changes) {
    if (!planned.differs(prior, kind)) {
      return;
    }
    Attributes logs = planned.block(kind).orElseGet(Attributes::new);
    String prefix = prefix(kind);
    changes.put(prefix + "enabled", Boolean.toString(logs.flag("enabled")));
    if (logs.flag("enabled")) {
      changes.put(prefix + "bucket", logs.text("bucket", ""));
      changes.put(prefix + "prefix", logs.text("prefix", ""));
    }
  }

  private static String prefix(String kind) {
    return kind.equals("access_logs") ? "access_logs.s3." : "connection_logs.s3.";
  }
}

package dev.slipway.twin.elbv2;

import dev.slipway.twin.world.Differs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Cipher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;

/**
 * The security policies of HTTPS listeners. Source: ELB user guide, describe-ssl-policies: the
 * versions and ciphers of each policy, in their order.
 */
@Differs(
    value = "policies with TLS 1.0 or 1.1 are served with the versions from 1.2 on",
    because = "Java has switched the older versions off")
final class SslPolicies {

  /** The policy of a listener that names none, by the API. */
  static final String DEFAULT = "ELBSecurityPolicy-2016-08";

  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> FORWARD_GCM =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384");
  private static final List<String> FORWARD_SHA2 =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES128-SHA256",
          "ECDHE-RSA-AES128-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-AES256-SHA384",
          "ECDHE-RSA-AES256-SHA384");
  private static final List<String> FORWARD =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES128-SHA256",
          "ECDHE-RSA-AES128-SHA256",
          "ECDHE-ECDSA-AES128-SHA",
          "ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-AES256-SHA384",
          "ECDHE-RSA-AES256-SHA384",
          "ECDHE-RSA-AES256-SHA",
          "ECDHE-ECDSA-AES256-SHA");
  private static final List<String> RSA_SHA2 =
      List.of("AES128-GCM-SHA256", "AES128-SHA256", "AES256-GCM-SHA384", "AES256-SHA256");
  private static final List<String> RSA =
      List.of(
          "AES128-GCM-SHA256",
          "AES128-SHA256",
          "AES128-SHA",
          "AES256-GCM-SHA384",
          "AES256-SHA256",
          "AES256-SHA");
  private static final String V10 = "TLSv1";
  private static final String V11 = "TLSv1.1";
  private static final String V12 = "TLSv1.2";
  private static final String V13 = "TLSv1.3";

  private static final Map<String, SslPolicy> ALL = new LinkedHashMap<>();

  static {
    add(DEFAULT, List.of(V10, V11, V12), FORWARD, RSA);
    add("ELBSecurityPolicy-TLS13-1-2-2021-06", List.of(V12, V13), TLS_1_3, FORWARD_SHA2);
    add("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", List.of(V12, V13), TLS_1_3, FORWARD_GCM);
    add(
        "ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06",
        List.of(V12, V13),
        TLS_1_3,
        FORWARD_SHA2,
        RSA_SHA2);
    add("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", List.of(V12, V13), TLS_1_3, FORWARD, RSA);
    add("ELBSecurityPolicy-TLS13-1-1-2021-06", List.of(V11, V12, V13), TLS_1_3, FORWARD, RSA);
    add("ELBSecurityPolicy-TLS13-1-0-2021-06", List.of(V10, V11, V12, V13), TLS_1_3, FORWARD, RSA);
    add("ELBSecurityPolicy-TLS13-1-3-2021-06", List.of(V13), TLS_1_3);
    add("ELBSecurityPolicy-TLS-1-2-2017-01", List.of(V12), FORWARD_SHA2, RSA_SHA2);
    add("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", List.of(V12), FORWARD, RSA);
    add("ELBSecurityPolicy-TLS-1-1-2017-01", List.of(V11, V12), FORWARD, RSA);
    add("ELBSecurityPolicy-FS-2018-06", List.of(V10, V11, V12), FORWARD);
    add("ELBSecurityPolicy-FS-1-1-2019-08", List.of(V11, V12), FORWARD);
    add("ELBSecurityPolicy-FS-1-2-2019-08", List.of(V12), FORWARD);
    add("ELBSecurityPolicy-FS-1-2-Res-2019-08", List.of(V12), FORWARD_SHA2);
    add("ELBSecurityPolicy-FS-1-2-Res-2020-10", List.of(V12), FORWARD_GCM);
  }

  private SslPolicies() {}

  @SafeVarargs
  private static void add(String name, List<String> protocols, List<String>... ciphers) {
    List<Cipher> all = new ArrayList<>();
    for (List<String> some : ciphers) {
      for (String cipher : some) {
        all.add(Cipher.builder().name(cipher).priority(all.size() + 1).build());
      }
    }
    ALL.put(
        name,
        SslPolicy.builder()
            .name(name)
            .sslProtocols(protocols)
            .ciphers(all)
            .supportedLoadBalancerTypes("application", "network")
            .build());
  }

  /** Every policy. */
  static List<SslPolicy> all() {
    return List.copyOf(ALL.values());
  }

  /** The policy of a name. */
  static SslPolicy require(String name) {
    SslPolicy policy = ALL.get(name);
    if (policy == null) {
      throw Refusal.error("SSLPolicyNotFound", "SSL policy '" + name + "' not found");
    }
    return policy;
  }

  /** The versions that Java still speaks, by their Java names. */
  static List<String> protocols(SslPolicy policy) {
    return policy.sslProtocols().stream()
        .filter(version -> version.equals(V12) || version.equals(V13))
        .toList();
  }

  /** The cipher suites by their Java names. */
  static List<String> suites(SslPolicy policy) {
    return policy.ciphers().stream().map(cipher -> suite(cipher.name())).toList();
  }

  private static String suite(String name) {
    if (name.startsWith("TLS_")) {
      return name;
    }
    int cut = name.indexOf("AES");
    String exchange = cut == 0 ? "RSA" : name.substring(0, cut - 1).replace('-', '_');
    String rest = name.substring(cut).replace("AES128-", "AES_128-").replace("AES256-", "AES_256-");
    String mode = rest.contains("GCM") ? rest : rest.replaceFirst("-SHA", "-CBC-SHA");
    return "TLS_" + exchange + "_WITH_" + mode.replace('-', '_');
  }
}

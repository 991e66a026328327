package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** HTTPS for a service that has none. */
final class Https {

  private static final int DAYS = 300;
  private static final String ALIAS = "front-door";
  private static final String PASSWORD = "only-for-a-moment";

  private Https() {}

  /** A listener on port 443 whose certificate is good for so many days. */
  static void listener(Stage stage, int days)
      throws IOException, GeneralSecurityException, InterruptedException {
    String balancer = stage.its().loadBalancer().loadBalancerArn();
    String group = stage.its().targetGroup().targetGroupArn();
    String certificate = certificate(stage, days);
    stage
        .elb()
        .createListener(r ->
            r.loadBalancerArn(balancer)
                .protocol("HTTPS")
                .port(443)
                .certificates(c -> c.certificateArn(certificate))
                .defaultActions(a -> a.type("forward").targetGroupArn(group)));
  }

  /** A listener on port 443, to which the one of plain HTTP sends everybody. */
  static void instead(Stage stage)
      throws IOException, GeneralSecurityException, InterruptedException {
    if (secured(stage).isEmpty()) {
      open(stage);
      listener(stage, DAYS);
      for (Listener plain : plain(stage)) {
        stage
            .elb()
            .modifyListener(r ->
                r.listenerArn(plain.listenerArn())
                    .defaultActions(a ->
                        a.type("redirect")
                            .redirectConfig(
                                c -> c.protocol("HTTPS").port("443").statusCode("HTTP_301"))));
      }
    }
  }

  private static void open(Stage stage) {
    String group = stage.its().loadBalancer().securityGroups().getFirst();
    stage
        .ec2()
        .authorizeSecurityGroupIngress(r ->
            r.groupId(group)
                .ipPermissions(p ->
                    p.ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .ipRanges(i -> i.cidrIp("0.0.0.0/0"))));
  }

  /** No listener on port 443, and one of plain HTTP that leads to the service. */
  static void noMore(Stage stage) {
    String balancer = stage.its().loadBalancer().loadBalancerArn();
    String group = stage.its().targetGroup().targetGroupArn();
    List<Listener> plain = plain(stage);
    secured(stage).forEach(l -> stage.elb().deleteListener(r -> r.listenerArn(l.listenerArn())));
    for (Listener each : plain) {
      stage
          .elb()
          .modifyListener(r ->
              r.listenerArn(each.listenerArn())
                  .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    }
    if (plain.isEmpty()) {
      stage
          .elb()
          .createListener(r ->
              r.loadBalancerArn(balancer)
                  .protocol("HTTP")
                  .port(80)
                  .defaultActions(a -> a.type("forward").targetGroupArn(group)));
    }
  }

  private static List<Listener> secured(Stage stage) {
    return speaking(stage, "HTTPS");
  }

  private static List<Listener> plain(Stage stage) {
    return speaking(stage, "HTTP");
  }

  private static List<Listener> speaking(Stage stage, String protocol) {
    return stage.its().listeners().stream()
        .filter(l -> protocol.equals(l.protocolAsString()))
        .toList();
  }

  private static String certificate(Stage stage, int days)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore store = keys(stage.its().loadBalancer().dnsName(), days);
    try (AcmClient acm = stage.client(AcmClient.builder())) {
      SdkBytes key = pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
      SdkBytes certificate = pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
      return acm.importCertificate(r -> r.certificate(certificate).privateKey(key))
          .certificateArn();
    }
  }

  private static KeyStore keys(String host, int days)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path directory = Files.createTempDirectory("slipway-keys");
    Path file = directory.resolve("keys.p12");
    try {
      Process keytool =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                      "-genkeypair",
                      "-alias",
                      ALIAS,
                      "-keyalg",
                      "RSA",
                      "-keysize",
                      "2048",
                      "-dname",
                      "CN=" + host,
                      "-validity",
                      String.valueOf(days),
                      "-storetype",
                      "PKCS12",
                      "-keystore",
                      file.toString(),
                      "-storepass",
                      PASSWORD))
              .redirectErrorStream(true)
              .start();
      String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool made no certificate: " + output);
      }
      return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(directory);
    }
  }

  private static SdkBytes pem(String what, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return SdkBytes.fromUtf8String(
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }
}

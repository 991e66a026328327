package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.cloudwatch.Alarms;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.elbv2.ElbWorld;
import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;

/** With whom an HTTPS listener comes to terms, by its security policy. */
class SecurityPolicyTest extends FrontDoorTest {

  private static final String CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/a";

  @BeforeEach
  void certify() throws IOException {
    SelfSignedCertificate made = SelfSignedCertificate.create("front.example.com");
    aws.certificates.put(
        CERTIFICATE,
        new Routing.Certificate(
            Files.readString(Path.of(made.certificatePath())),
            Files.readString(Path.of(made.privateKeyPath()))));
    made.delete();
    aws.allow(aws.balancerGroup, 443, "0.0.0.0/0");
  }

  @ParameterizedTest(name = "{0}, {1} with {2}: {3}")
  @CsvSource({
    "ELBSecurityPolicy-TLS13-1-2-2021-06, TLSv1.3, , TLSv1.3",
    "ELBSecurityPolicy-TLS13-1-2-2021-06, TLSv1.2, , TLSv1.2",
    "ELBSecurityPolicy-TLS13-1-3-2021-06, TLSv1.3, , TLSv1.3",
    "ELBSecurityPolicy-TLS13-1-3-2021-06, TLSv1.2, , refused",
    "ELBSecurityPolicy-TLS-1-2-2017-01, TLSv1.3, , refused",
    "ELBSecurityPolicy-TLS-1-2-2017-01, TLSv1.2, , TLSv1.2",
    "ELBSecurityPolicy-2016-08, TLSv1.3, , refused",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLSv1.2",
    "ELBSecurityPolicy-FS-1-2-Res-2020-10, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, refused",
    "ELBSecurityPolicy-FS-1-2-Res-2019-08, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256, TLSv1.2",
  })
  void speaksTheVersionsAndCiphersOfItsPolicy(
      String policy, String version, String suite, String spoken) throws Exception {
    listen(policy);

    assertThat(handshake(version, suite)).isEqualTo(spoken);
  }

  @Test
  void countsClientsWithWhomItDoesNotComeToTerms() throws Exception {
    CloudWatch cloudWatch = new CloudWatch(aws.world);
    cloudWatch.register();
    cloudWatch.collect(aws.elb.metrics());
    listen("ELBSecurityPolicy-TLS13-1-3-2021-06");
    assertThat(handshake("TLSv1.2", null)).isEqualTo("refused");
    assertThat(handshake("TLSv1.2", null)).isEqualTo("refused");
    assertThat(handshake("TLSv1.3", null)).isEqualTo("TLSv1.3");

    aws.pass(Duration.ofMinutes(1));

    assertThat(
            new Alarms(aws.world)
                .sum(
                    "AWS/ApplicationELB",
                    "ClientTLSNegotiationErrorCount",
                    Map.of(
                        "LoadBalancer", lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", ""))))
        .isEqualTo(2);
  }

  private void listen(String policy) {
    aws.invoke(
        CreateListenerRequest.builder()
            .loadBalancerArn(lb.loadBalancerArn())
            .protocol(ProtocolEnum.HTTPS)
            .port(443)
            .sslPolicy(policy)
            .certificates(certificate -> certificate.certificateArn(CERTIFICATE))
            .defaultActions(ElbWorld.forward(group))
            .build());
    await().until(this::listensOn443);
  }

  private boolean listensOn443() {
    try (Socket socket = new Socket()) {
      socket.connect(address(), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private InetSocketAddress address() {
    return new InetSocketAddress(
        lb.dnsName().replaceFirst(":.*", ""), balancer.portOf(lb.loadBalancerArn(), 443));
  }

  private String handshake(String version, String suite) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket()) {
      socket.connect(address(), 5000);
      socket.setSoTimeout(5000);
      socket.setEnabledProtocols(new String[] {version});
      if (suite != null) {
        socket.setEnabledCipherSuites(new String[] {suite});
      }
      socket.startHandshake();
      return socket.getSession().getProtocol();
    } catch (IOException e) {
      return "refused";
    }
  }

  /** Trusts everybody, as only the versions and ciphers are looked at. */
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

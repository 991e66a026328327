package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.elbv2.ElbWorld;
import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/** HTTPS listeners, and targets that are spoken to over TLS. */
class SecuredListenerTest extends FrontDoorTest {

  private static final String FIRST = "arn:aws:acm:eu-west-1:123456789012:certificate/first";
  private static final String SECOND = "arn:aws:acm:eu-west-1:123456789012:certificate/second";

  private Listener secured;

  @BeforeEach
  void listen() throws Exception {
    aws.certificates.put(FIRST, certificate("first.example.com"));
    aws.certificates.put(SECOND, certificate("second.example.com"));
    aws.allow(aws.balancerGroup, 443, "0.0.0.0/0");
    secured = secured();
    await().until(() -> !served("first.example.com").isEmpty());
  }

  private static Routing.Certificate certificate(String name) throws IOException {
    SelfSignedCertificate made = SelfSignedCertificate.create(name);
    try {
      return new Routing.Certificate(
          Files.readString(Path.of(made.certificatePath())),
          Files.readString(Path.of(made.privateKeyPath())));
    } finally {
      made.delete();
    }
  }

  private static SSLContext trustingAll() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    return context;
  }

  private int port() {
    return balancer.portOf(lb.loadBalancerArn(), 443);
  }

  private String host() {
    return lb.dnsName().replaceFirst(":.*", "");
  }

  /** The subject of the certificate that a client gets that asks for a name; empty without one. */
  private String served(String name) throws Exception {
    try (SSLSocket socket = (SSLSocket) trustingAll().getSocketFactory().createSocket()) {
      socket.connect(new InetSocketAddress(host(), port()), 5000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(name)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSubjectX500Principal()
          .getName();
    } catch (IOException e) {
      return "";
    }
  }

  private HttpResponse<String> secureGet(HttpClient.Version version) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trustingAll()).version(version).build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("https://" + host() + ":" + port() + "/x")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void servesHttp1AndHttp2AndTellsTheTarget() throws Exception {
    String ip = healthyTask(0);

    HttpResponse<String> second = secureGet(HttpClient.Version.HTTP_2);
    HttpResponse<String> first = secureGet(HttpClient.Version.HTTP_1_1);

    assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(List.of(first.body(), second.body())).containsOnly(ip);
    assertThat(backends.requests.get(ip))
        .hasSize(2)
        .allSatisfy(head ->
            assertThat(head)
                .contains(
                    "GET /x HTTP/1.1",
                    "Host: " + host(),
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Port: 443"));
  }

  @Test
  void choosesTheCertificateByTheNameThatTheClientAsksFor() throws Exception {
    assertThat(served("second.example.com")).isEqualTo("CN=first.example.com");
    aws.invoke(
        AddListenerCertificatesRequest.builder()
            .listenerArn(secured.listenerArn())
            .certificates(c -> c.certificateArn(SECOND))
            .build());

    await().until(() -> served("second.example.com").equals("CN=second.example.com"));
    assertThat(served("first.example.com")).isEqualTo("CN=first.example.com");
    assertThat(served("third.example.com")).isEqualTo("CN=first.example.com");
  }

  @Test
  void redirectsHttpToHttps() throws Exception {
    aws.invoke(
        ModifyListenerRequest.builder()
            .listenerArn(listener.listenerArn())
            .defaultActions(
                Action.builder()
                    .type(ActionTypeEnum.REDIRECT)
                    .redirectConfig(r ->
                        r.protocol("HTTPS")
                            .port("443")
                            .statusCode(RedirectActionStatusCodeEnum.HTTP_301))
                    .build())
            .build());

    await().until(() -> get("/a?b=c").statusCode() == 301);
    assertThat(get("/a?b=c").headers().firstValue("Location"))
        .hasValue("https://" + host() + ":443/a?b=c");
  }

  @Test
  void speaksTlsToTheTargetsOfAnHttpsGroupWithoutALookAtTheirCertificate() throws Exception {
    TargetGroup tls =
        aws.call(
                aws.targetGroupRequest("tls")
                    .protocol(ProtocolEnum.HTTPS)
                    .healthCheckProtocol(ProtocolEnum.HTTPS)
                    .build(),
                CreateTargetGroupResponse.class)
            .targetGroups()
            .getFirst();
    String ip = aws.task(0);
    SelfSignedCertificate own = SelfSignedCertificate.create("whatever");
    Vertx servers = Vertx.vertx();
    try {
      servers
          .createHttpServer(
              new HttpServerOptions().setSsl(true).setKeyCertOptions(own.keyCertOptions()))
          .requestHandler(request -> request.response().end("over tls"))
          .listen(ElbWorld.PORT, backends.host(ip).getHostAddress())
          .await();
      aws.register(tls, ip);
      aws.invoke(
          ModifyListenerRequest.builder()
              .listenerArn(listener.listenerArn())
              .defaultActions(ElbWorld.forward(tls))
              .build());
      await()
          .until(() -> {
            aws.pass(STEP);
            return aws.health(tls, ip).equals("healthy");
          });

      assertThat(get("/").body()).isEqualTo("over tls");
    } finally {
      servers.close().await();
      own.delete();
    }
  }

  /** Trusts everybody, as these tests look at the certificates themselves. */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private Listener secured() {
    return aws.call(
            CreateListenerRequest.builder()
                .loadBalancerArn(lb.loadBalancerArn())
                .protocol(ProtocolEnum.HTTPS)
                .port(443)
                .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
                .certificates(each -> each.certificateArn(FIRST))
                .defaultActions(ElbWorld.forward(group))
                .build(),
            CreateListenerResponse.class)
        .listeners()
        .getFirst();
  }
}

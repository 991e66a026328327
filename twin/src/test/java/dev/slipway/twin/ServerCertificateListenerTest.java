package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CertificateNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.iam.IamClient;

/** A listener may have a certificate of IAM instead of one of ACM. */
class ServerCertificateListenerTest {

  @Test
  void isTakenByAListenerAndMissedWhereItIsNot(@TempDir Path directory) throws Exception {
    TwinOptions options = new TwinOptions(0, 1, "eu-west-1", directory, RuntimeKind.SIMULATED);
    try (Twin twin = Twin.start(options)) {
      TwinAccount account = twin.account("111122223333");
      String balancer = balancer(account);
      String arn = upload(account);
      try (ElasticLoadBalancingV2Client elb =
          account.client(ElasticLoadBalancingV2Client.builder())) {
        assertThat(elb.createListener(listener(balancer, arn).build()).listeners())
            .singleElement()
            .satisfies(
                l -> assertThat(l.certificates().getFirst().certificateArn()).isEqualTo(arn));
        assertThatThrownBy(
                () -> elb.createListener(listener(balancer, arn + "x").port(8443).build()))
            .isInstanceOf(CertificateNotFoundException.class)
            .hasMessageContaining("Certificate '" + arn + "x' not found");
      }
    }
  }

  private static CreateListenerRequest.Builder listener(String balancer, String certificate) {
    return CreateListenerRequest.builder()
        .loadBalancerArn(balancer)
        .port(443)
        .protocol("HTTPS")
        .certificates(c -> c.certificateArn(certificate))
        .defaultActions(
            a -> a.type("fixed-response").fixedResponseConfig(f -> f.statusCode("200")));
  }

  private static String balancer(TwinAccount account) {
    try (Ec2Client ec2 = account.client(Ec2Client.builder());
        ElasticLoadBalancingV2Client elb = account.client(ElasticLoadBalancingV2Client.builder())) {
      String vpc = ec2.createVpc(v -> v.cidrBlock("10.0.0.0/16")).vpc().vpcId();
      String a = subnet(ec2, vpc, "a", "10.0.1.0/24");
      String b = subnet(ec2, vpc, "b", "10.0.2.0/24");
      return elb.createLoadBalancer(l -> l.name("front").scheme("internal").subnets(a, b))
          .loadBalancers()
          .getFirst()
          .loadBalancerArn();
    }
  }

  private static String subnet(Ec2Client ec2, String vpc, String zone, String range) {
    return ec2.createSubnet(s -> s.vpcId(vpc).availabilityZone("eu-west-1" + zone).cidrBlock(range))
        .subnet()
        .subnetId();
  }

  private static String upload(TwinAccount account) throws Exception {
    SelfSignedCertificate made = SelfSignedCertificate.create("shop.example.com");
    String body = Files.readString(Path.of(made.certificatePath()));
    String key = Files.readString(Path.of(made.privateKeyPath()));
    made.delete();
    try (IamClient iam = account.client(IamClient.builder())) {
      return iam.uploadServerCertificate(
              c -> c.serverCertificateName("front").certificateBody(body).privateKey(key))
          .serverCertificateMetadata()
          .arn();
    }
  }
}

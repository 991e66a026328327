package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.ListenerCertificates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;

/** How clients speak to listeners: in the clear, or over TLS. Under the world's lock. */
final class Transports {

  private final Store store;
  private final Certificates certificates;

  Transports(Store store, Certificates certificates) {
    this.store = store;
    this.certificates = certificates;
  }

  /** The transport of a listener. */
  Routing.Transport of(Listener listener) {
    if (listener.protocol() != ProtocolEnum.HTTPS) {
      return new Routing.Transport.Plain();
    }
    SslPolicy policy = SslPolicies.require(listener.sslPolicy());
    List<Routing.Certificate> served = new ArrayList<>();
    for (Certificate certificate : listener.certificates()) {
      certificates.find(certificate.certificateArn()).ifPresent(served::add);
    }
    for (String arn : more(listener.listenerArn())) {
      certificates.find(arn).ifPresent(served::add);
    }
    return new Routing.Transport.Tls(
        SslPolicies.protocols(policy),
        SslPolicies.suites(policy),
        List.copyOf(served),
        AttributeSets.LOAD_BALANCER.flag(store, listener.loadBalancerArn(), AttributeSets.HTTP2));
  }

  /** The certificates of a listener beside its default one. */
  List<String> more(String listenerArn) {
    return store
        .listenerCertificates()
        .find(listenerArn)
        .map(ListenerCertificates::arns)
        .orElse(List.of());
  }

  /** Checks protocol, policy and certificates, and fills in the default policy. */
  Listener complete(Listener listener) {
    if (listener.protocol() == ProtocolEnum.HTTP) {
      if (!listener.certificates().isEmpty() || listener.sslPolicy() != null) {
        throw Refusal.validation(
            "You cannot specify a certificate or an SSL policy for a listener with the protocol"
                + " 'HTTP'");
      }
      return listener;
    }
    if (listener.protocol() != ProtocolEnum.HTTPS) {
      throw Refusal.error(
          "UnsupportedProtocol",
          "Listener protocol '" + listener.protocolAsString() + "' must be one of 'HTTP, HTTPS'");
    }
    if (listener.certificates().isEmpty()) {
      throw Refusal.validation("A certificate must be specified for HTTPS listeners");
    }
    if (listener.certificates().size() > 1) {
      throw Refusal.validation("Up to one certificate can be specified at a time");
    }
    require(listener.certificates().getFirst().certificateArn());
    String policy = Optional.ofNullable(listener.sslPolicy()).orElse(SslPolicies.DEFAULT);
    SslPolicies.require(policy);
    return listener.toBuilder().sslPolicy(policy).build();
  }

  /** Requires a certificate that is there and issued. */
  void require(String arn) {
    Refusal.missing("certificates.1.member.certificateArn", arn);
    if (!arn.matches("arn:aws[a-z-]*:(acm|iam):.+")) {
      throw Refusal.validation("Certificate ARN '" + arn + "' is not valid");
    }
    if (certificates.find(arn).isEmpty()) {
      throw Refusal.error("CertificateNotFound", "Certificate '" + arn + "' not found");
    }
  }
}

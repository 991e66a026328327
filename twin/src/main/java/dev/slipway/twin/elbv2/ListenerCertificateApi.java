package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.ListenerCertificates;
import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesResponse;

/** The certificates of HTTPS listeners that a client chooses among by name. Source: ELBv2 API. */
final class ListenerCertificateApi {

  private static final int MOST = 25;

  private final Store store;
  private final Transports transports;
  private final RoutePublisher routes;

  ListenerCertificateApi(Store store, Transports transports, RoutePublisher routes) {
    this.store = store;
    this.transports = transports;
    this.routes = routes;
  }

  /** AddListenerCertificates. */
  public AddListenerCertificatesResponse addListenerCertificates(
      AddListenerCertificatesRequest request) {
    Listener listener = secured(request.listenerArn());
    Set<String> arns = new LinkedHashSet<>(transports.more(listener.listenerArn()));
    for (Certificate certificate : arguments(request.certificates())) {
      transports.require(certificate.certificateArn());
      if (!certificate.certificateArn().equals(defaultArn(listener))) {
        arns.add(certificate.certificateArn());
      }
    }
    if (arns.size() > MOST) {
      throw AwsError.of(
          "TooManyCertificates",
          "The maximum number of certificates has been reached on the load balancer");
    }
    put(listener, List.copyOf(arns));
    return AddListenerCertificatesResponse.builder()
        .certificates(
            request.certificates().stream()
                .map(certificate -> certificate.toBuilder().isDefault(false).build())
                .toList())
        .build();
  }

  /** RemoveListenerCertificates; removing what is gone succeeds. */
  public RemoveListenerCertificatesResponse removeListenerCertificates(
      RemoveListenerCertificatesRequest request) {
    Listener listener = secured(request.listenerArn());
    Set<String> arns = new LinkedHashSet<>(transports.more(listener.listenerArn()));
    for (Certificate certificate : arguments(request.certificates())) {
      if (certificate.certificateArn().equals(defaultArn(listener))) {
        throw AwsError.of(
            "OperationNotPermitted", "Default certificate cannot be removed from a listener");
      }
      arns.remove(certificate.certificateArn());
    }
    put(listener, List.copyOf(arns));
    return RemoveListenerCertificatesResponse.builder().build();
  }

  private static List<Certificate> arguments(List<Certificate> certificates) {
    if (certificates.isEmpty()) {
      throw Refusal.validation("You must specify a certificate");
    }
    for (Certificate certificate : certificates) {
      Refusal.missing("certificates.1.member.certificateArn", certificate.certificateArn());
    }
    return certificates;
  }

  private void put(Listener listener, List<String> arns) {
    store.listenerCertificates().put(listener.listenerArn(), new ListenerCertificates(arns));
    routes.publish(listener.loadBalancerArn());
  }

  private static String defaultArn(Listener listener) {
    return listener.certificates().getFirst().certificateArn();
  }

  private Listener secured(String arn) {
    Listener listener = store.listener(arn);
    if (listener.protocol() != ProtocolEnum.HTTPS) {
      throw AwsError.of(
          "UnsupportedProtocol",
          "Certificates cannot be added to a listener with the protocol "
              + listener.protocolAsString());
    }
    return listener;
  }

  /** DescribeListenerCertificates; the default certificate is the first. */
  public DescribeListenerCertificatesResponse describeListenerCertificates(
      DescribeListenerCertificatesRequest request) {
    Listener listener = store.listener(request.listenerArn());
    List<Certificate> all = new ArrayList<>();
    listener.certificates().forEach(each -> all.add(each.toBuilder().isDefault(true).build()));
    for (String arn : transports.more(listener.listenerArn())) {
      all.add(Certificate.builder().certificateArn(arn).isDefault(false).build());
    }
    Page<Certificate> page = Page.of(all, request.marker(), request.pageSize());
    return DescribeListenerCertificatesResponse.builder()
        .certificates(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }
}

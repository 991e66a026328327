package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;

/** {@code aws_lb_listener}. */
final class LbListenerResource implements ResourceHandler {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  @Override
  public String type() {
    return "aws_lb_listener";
  }

  @Override
  public String label() {
    return "ELBv2 Listener";
  }

  @Override
  public Traits traits() {
    return new Traits().ignoringCase("protocol").keep("default_action.forward.stickiness");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateListenerRequest.Builder request =
        CreateListenerRequest.builder()
            .loadBalancerArn(planned.text("load_balancer_arn"))
            .port(planned.positive("port"))
            .protocol(planned.text("protocol", "HTTP").toUpperCase(Locale.ROOT))
            .sslPolicy(planned.text("ssl_policy"))
            .defaultActions(LbActions.toActions(planned.blocks("default_action")))
            .tags(TagChanges.all(planned, ElbCalls::tag));
    if (planned.has("certificate_arn")) {
      request.certificates(certificate(planned));
    }
    refuseUnsupported(planned);
    CreateListenerResponse response =
        context
            .waiter()
            .retry(
                context.timeout(planned, "create", TIMEOUT),
                e -> e.is("CertificateNotFound"),
                () -> context.call(request.build(), CreateListenerResponse.class));
    planned.set("id", response.listeners().getFirst().listenerArn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeListenersRequest request =
        DescribeListenersRequest.builder().listenerArns(state.id()).build();
    Optional<Listener> found =
        context.findFirst(() -> context.call(request, DescribeListenersResponse.class).listeners());
    if (found.isEmpty()) {
      return false;
    }
    Listener listener = found.get();
    state
        .set("arn", listener.listenerArn())
        .set("load_balancer_arn", listener.loadBalancerArn())
        .set("port", listener.port())
        .set("protocol", listener.protocolAsString())
        .setText("ssl_policy", listener.sslPolicy())
        .set(
            "certificate_arn",
            listener.certificates().isEmpty()
                ? null
                : listener.certificates().getFirst().certificateArn())
        .setBlocks(
            "default_action",
            LbActions.toBlocks(listener.defaultActions(), state.blocks("default_action")))
        .setNoBlocks("mutual_authentication");
    ElbCalls.setTags(context, state, listener.listenerArn());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    refuseUnsupported(planned);
    if (planned.differs(
        prior, "port", "protocol", "ssl_policy", "certificate_arn", "default_action")) {
      ModifyListenerRequest.Builder request =
          ModifyListenerRequest.builder()
              .listenerArn(planned.id())
              .port(planned.positive("port"))
              .protocol(planned.text("protocol", "HTTP").toUpperCase(Locale.ROOT))
              .sslPolicy(planned.text("ssl_policy"))
              .defaultActions(LbActions.toActions(planned.blocks("default_action")));
      if (planned.has("certificate_arn")) {
        request.certificates(certificate(planned));
      }
      context.call(request.build(), ModifyListenerResponse.class);
    }
    ElbCalls.updateTags(context, prior, planned);
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteListenerRequest.builder().listenerArn(state.id()).build(),
        DeleteListenerResponse.class);
  }

  private static Certificate certificate(Attributes planned) {
    return Certificate.builder().certificateArn(planned.text("certificate_arn")).build();
  }

  private static void refuseUnsupported(Attributes planned) {
    if (planned.has("alpn_policy")) {
      throw new UnsupportedOperationException("alpn_policy of a listener");
    }
    planned
        .block("mutual_authentication")
        .filter(block -> !"off".equals(block.text("mode")))
        .ifPresent(block -> {
          throw new UnsupportedOperationException("mutual_authentication of a listener");
        });
  }
}

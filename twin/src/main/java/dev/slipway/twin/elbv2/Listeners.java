package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.ListenerRule;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Listeners; each has a default rule of its own. Source: ELBv2 API reference. */
final class Listeners {

  private final Store store;
  private final ActionCheck actions;
  private final RoutePublisher routes;

  Listeners(Store store, ActionCheck actions, RoutePublisher routes) {
    this.store = store;
    this.actions = actions;
    this.routes = routes;
  }

  /** CreateListener. */
  public CreateListenerResponse createListener(CreateListenerRequest request) {
    requireHttp(request.protocol(), request.protocolAsString());
    Refusal.unlessOnly(
        request, Set.of("LoadBalancerArn", "Protocol", "Port", "DefaultActions", "Tags"));
    LoadBalancer lb = store.loadBalancer(request.loadBalancerArn());
    Refusal.missing("protocol", request.protocol());
    Refusal.missing("port", request.port());
    Refusal.outside("port", request.port(), 1, 65_535);
    requireFreePort(lb.loadBalancerArn(), request.port(), "");
    List<Action> complete = actions.complete(lb, request.defaultActions());
    String arn =
        lb.loadBalancerArn().replace(":loadbalancer/", ":listener/")
            + "/"
            + store.world().ids().hex(16);
    Listener listener =
        Listener.builder()
            .listenerArn(arn)
            .loadBalancerArn(lb.loadBalancerArn())
            .port(request.port())
            .protocol(request.protocol())
            .defaultActions(complete)
            .build();
    store.listeners().put(arn, listener);
    store.putTags(arn, request.tags());
    String ruleArn = Rules.newArn(store, arn);
    store.rules().put(ruleArn, new ListenerRule(arn, defaultRule(ruleArn, complete)));
    routes.publish(lb.loadBalancerArn());
    return CreateListenerResponse.builder().listeners(listener).build();
  }

  private static Rule defaultRule(String arn, List<Action> actions) {
    return Rule.builder().ruleArn(arn).priority("default").isDefault(true).actions(actions).build();
  }

  private static void requireHttp(ProtocolEnum protocol, String asText) {
    if (protocol != null && protocol != ProtocolEnum.HTTP) {
      throw Refusal.unsupported("a listener with the protocol " + asText);
    }
  }

  private void requireFreePort(String loadBalancerArn, int port, String exceptListener) {
    boolean taken =
        store.listenersOf(loadBalancerArn).stream()
            .anyMatch(l -> l.port() == port && !l.listenerArn().equals(exceptListener));
    if (taken) {
      throw AwsError.of(
          "DuplicateListener",
          "A listener already exists on this port for this load balancer '"
              + loadBalancerArn
              + "'");
    }
  }

  /** DescribeListeners. */
  public DescribeListenersResponse describeListeners(DescribeListenersRequest request) {
    if (request.loadBalancerArn() == null && !request.hasListenerArns()) {
      throw Refusal.validation("You must specify either listener ARNs or a load balancer ARN");
    }
    if (request.loadBalancerArn() != null) {
      store.loadBalancer(request.loadBalancerArn());
    }
    List<Listener> found =
        request.hasListenerArns()
            ? request.listenerArns().stream().map(store::listener).toList()
            : store.listenersOf(request.loadBalancerArn());
    Page<Listener> page = Page.of(found, request.marker(), request.pageSize());
    return DescribeListenersResponse.builder()
        .listeners(page.items())
        .nextMarker(page.nextMarker())
        .build();
  }

  /** ModifyListener. */
  public ModifyListenerResponse modifyListener(ModifyListenerRequest request) {
    requireHttp(request.protocol(), request.protocolAsString());
    Refusal.unlessOnly(request, Set.of("ListenerArn", "Port", "Protocol", "DefaultActions"));
    Listener before = store.listener(request.listenerArn());
    LoadBalancer lb = store.loadBalancer(before.loadBalancerArn());
    Listener.Builder after = before.toBuilder();
    if (request.port() != null) {
      Refusal.outside("port", request.port(), 1, 65_535);
      requireFreePort(lb.loadBalancerArn(), request.port(), before.listenerArn());
      after.port(request.port());
    }
    if (request.hasDefaultActions()) {
      List<Action> complete = actions.complete(lb, request.defaultActions());
      after.defaultActions(complete);
      String ruleArn = store.rulesOf(before.listenerArn()).getLast().ruleArn();
      store
          .rules()
          .put(ruleArn, new ListenerRule(before.listenerArn(), defaultRule(ruleArn, complete)));
    }
    Listener listener = after.build();
    store.listeners().put(listener.listenerArn(), listener);
    routes.publish(lb.loadBalancerArn());
    return ModifyListenerResponse.builder().listeners(listener).build();
  }

  /** DeleteListener; deleting what is gone succeeds. */
  public DeleteListenerResponse deleteListener(DeleteListenerRequest request) {
    store
        .listeners()
        .find(request.listenerArn())
        .ifPresent(listener -> {
          remove(store, listener.listenerArn());
          routes.publish(listener.loadBalancerArn());
        });
    return DeleteListenerResponse.builder().build();
  }

  /** Removes a listener with its rules. */
  static void remove(Store store, String arn) {
    for (Rule rule : store.rulesOf(arn)) {
      store.rules().remove(rule.ruleArn());
      store.forget(rule.ruleArn());
    }
    store.listeners().remove(arn);
    store.forget(arn);
  }

  /** DescribeListenerCertificates: there are none, as there are no HTTPS listeners. */
  public DescribeListenerCertificatesResponse describeListenerCertificates(
      DescribeListenerCertificatesRequest request) {
    return DescribeListenerCertificatesResponse.builder()
        .certificates(store.listener(request.listenerArn()).certificates())
        .build();
  }

  /** AddListenerCertificates, which only an HTTPS listener takes. */
  public AddListenerCertificatesResponse addListenerCertificates(
      AddListenerCertificatesRequest request) {
    Listener listener = store.listener(request.listenerArn());
    throw AwsError.of(
        "UnsupportedProtocol",
        "Certificates cannot be added to a listener with the protocol "
            + listener.protocolAsString());
  }
}

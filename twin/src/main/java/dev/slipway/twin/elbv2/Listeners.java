package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.ListenerRule;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.MutualAuthenticationAttributes;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** Listeners; each has a default rule of its own. Source: ELBv2 API reference. */
final class Listeners {

  private static final int MOST_LISTENERS = 50;
  private static final Set<String> CREATE =
      Set.of(
          "LoadBalancerArn",
          "Protocol",
          "Port",
          "SslPolicy",
          "Certificates",
          "DefaultActions",
          "MutualAuthentication",
          "Tags");
  private static final Set<String> MODIFY =
      Set.of(
          "ListenerArn",
          "Port",
          "Protocol",
          "SslPolicy",
          "Certificates",
          "DefaultActions",
          "MutualAuthentication");

  private final Store store;
  private final ActionCheck actions;
  private final RoutePublisher routes;
  private final Transports transports;

  Listeners(Store store, ActionCheck actions, RoutePublisher routes, Transports transports) {
    this.transports = transports;
    this.store = store;
    this.actions = actions;
    this.routes = routes;
  }

  /** CreateListener. */
  public CreateListenerResponse createListener(CreateListenerRequest request) {
    Refusal.unlessOnly(request, CREATE);
    LoadBalancer lb = store.loadBalancer(request.loadBalancerArn());
    Refusal.missing("protocol", request.protocol());
    Refusal.missing("port", request.port());
    Refusal.outside("port", request.port(), 1, 65_535);
    requireNoMutual(request.mutualAuthentication());
    requireFreePort(lb.loadBalancerArn(), request.port(), "");
    if (store.listenersOf(lb.loadBalancerArn()).size() >= MOST_LISTENERS) {
      throw AwsError.of(
          "TooManyListeners",
          "The maximum number of listeners has been reached on the load balancer");
    }
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
            .sslPolicy(request.sslPolicy())
            .certificates(request.hasCertificates() ? defaults(request.certificates()) : null)
            .mutualAuthentication(
                request.protocol() == ProtocolEnum.HTTPS
                    ? MutualAuthenticationAttributes.builder().mode("off").build()
                    : null)
            .defaultActions(complete)
            .build();
    listener = transports.complete(listener);
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

  private static List<Certificate> defaults(List<Certificate> certificates) {
    if (certificates.stream().anyMatch(certificate -> certificate.isDefault() != null)) {
      throw Refusal.validation(
          "'isDefault' cannot be specified in the certificates of this operation");
    }
    return List.copyOf(certificates);
  }

  private static void requireNoMutual(MutualAuthenticationAttributes wanted) {
    if (wanted != null && wanted.mode() != null && !wanted.mode().equals("off")) {
      throw Refusal.unsupported("the parameter MutualAuthentication.Mode=" + wanted.mode());
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
    Refusal.unlessOnly(request, MODIFY);
    requireNoMutual(request.mutualAuthentication());
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
    Listener listener = transports.complete(secured(after, before, request));
    if (listener.protocol() == ProtocolEnum.HTTP) {
      store.listenerCertificates().remove(listener.listenerArn());
    }
    store.listeners().put(listener.listenerArn(), listener);
    routes.publish(lb.loadBalancerArn());
    return ModifyListenerResponse.builder().listeners(listener).build();
  }

  private static Listener secured(
      Listener.Builder after, Listener before, ModifyListenerRequest request) {
    ProtocolEnum protocol = request.protocol() == null ? before.protocol() : request.protocol();
    boolean toHttp = protocol == ProtocolEnum.HTTP && before.protocol() == ProtocolEnum.HTTPS;
    after.protocol(protocol);
    if (toHttp) {
      after
          .sslPolicy(null)
          .certificates((List<Certificate>) null)
          .mutualAuthentication((MutualAuthenticationAttributes) null);
    } else if (protocol == ProtocolEnum.HTTPS) {
      after.mutualAuthentication(MutualAuthenticationAttributes.builder().mode("off").build());
    }
    if (request.sslPolicy() != null) {
      after.sslPolicy(request.sslPolicy());
    }
    if (request.hasCertificates()) {
      after.certificates(defaults(request.certificates()));
    }
    return after.build();
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
}

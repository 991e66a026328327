package dev.slipway.validation.observe;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * An address of the service: what to ask, and the rule that takes the request.
 *
 * @param url what to ask
 * @param host the Host header that the rule wants, empty when any will do
 * @param listener the listener that accepts the connection
 * @param rule the first rule that matches the request
 * @param serves whether that rule forwards to the service with a weight above zero
 */
public record Entrance(URI url, String host, Listener listener, Rule rule, boolean serves) {

  /**
   * The best address of a service: one whose rule forwards to it, HTTPS before HTTP; else one that
   * was meant to and is taken by another rule. Empty when nothing leads to the service.
   */
  public static Optional<Entrance> find(FrontDoor front, Service service, Wanted wanted) {
    List<Entrance> all = new ArrayList<>();
    for (Listener listener : front.listeners()) {
      front
          .loadBalancer(listener.loadBalancerArn())
          .ifPresent(b -> all.addAll(of(front, b, listener, groups(service), wanted)));
    }
    return all.stream()
        .min(
            Comparator.comparing((Entrance e) -> !e.serves())
                .thenComparing(e -> !"HTTPS".equals(e.listener.protocolAsString()))
                .thenComparing(e -> e.listener.port()));
  }

  /** The target groups that a rule forwards to with a weight above zero. */
  public static Set<String> forwardsTo(Rule rule) {
    return rule.actions().stream()
        .flatMap(a -> forwards(a).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> forwards(Action action) {
    if (action.forwardConfig() != null && !action.forwardConfig().targetGroups().isEmpty()) {
      return action.forwardConfig().targetGroups().stream()
          .filter(t -> t.weight() == null || t.weight() > 0)
          .map(TargetGroupTuple::targetGroupArn)
          .toList();
    }
    return action.targetGroupArn() == null ? List.of() : List.of(action.targetGroupArn());
  }

  private static boolean mentions(Rule rule, Set<String> groups) {
    return rule.actions().stream()
        .anyMatch(a ->
            (a.targetGroupArn() != null && groups.contains(a.targetGroupArn()))
                || (a.forwardConfig() != null
                    && a.forwardConfig().targetGroups().stream()
                        .anyMatch(t -> groups.contains(t.targetGroupArn()))));
  }

  private static Set<String> groups(Service service) {
    return service.loadBalancers().stream()
        .map(l -> l.targetGroupArn())
        .filter(a -> a != null)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Entrance> of(
      FrontDoor front,
      LoadBalancer balancer,
      Listener listener,
      Set<String> groups,
      Wanted wanted) {
    List<Rule> rules =
        front.rules().getOrDefault(listener.listenerArn(), List.of()).stream()
            .sorted(Comparator.comparingInt(Entrance::priority))
            .toList();
    if (wanted.address().isPresent()) {
      URI url = wanted.address().get();
      boolean same = listener.port() != null && port(url) == listener.port();
      boolean named =
          listenerUrl(balancer, listener, "/").getAuthority().equals(url.getAuthority());
      return same || named ? taken(rules, url, "", listener, groups).stream().toList() : List.of();
    }
    return rules.stream()
        .filter(r -> mentions(r, groups))
        .flatMap(r -> {
          String path = RuleMatch.paths(r).stream().findFirst().map(Entrance::plain).orElse("/");
          String host = RuleMatch.hosts(r).stream().findFirst().map(Entrance::plain).orElse("");
          URI url = listenerUrl(balancer, listener, path);
          return taken(rules, url, host, listener, groups).stream();
        })
        .toList();
  }

  private static Optional<Entrance> taken(
      List<Rule> rules, URI url, String host, Listener listener, Set<String> groups) {
    String asked = host.isEmpty() ? url.getHost() : host;
    String path = url.getPath().isEmpty() ? "/" : url.getPath();
    return rules.stream()
        .filter(r -> RuleMatch.matches(r, asked, path))
        .findFirst()
        .map(r ->
            new Entrance(
                url, host, listener, r, forwardsTo(r).stream().anyMatch(groups::contains)));
  }

  /** A load balancer's name may carry a port already: then it is the address as it is. */
  private static URI listenerUrl(LoadBalancer balancer, Listener listener, String path) {
    String scheme = "HTTPS".equals(listener.protocolAsString()) ? "https" : "http";
    int standard = scheme.equals("https") ? 443 : 80;
    String name = balancer.dnsName();
    boolean ported = name.contains(":");
    boolean plain = listener.port() == null || listener.port() == standard;
    String authority =
        ported && plain
            ? name
            : (ported ? name.substring(0, name.indexOf(':')) : name)
                + (plain ? "" : ":" + listener.port());
    return URI.create(scheme + "://" + authority + path);
  }

  private static int port(URI url) {
    return url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }

  /** A text that a pattern matches. */
  private static String plain(String pattern) {
    return pattern.replace("*", "").replace('?', 'x');
  }

  private static int priority(Rule rule) {
    return Boolean.TRUE.equals(rule.isDefault()) || "default".equals(rule.priority())
        ? Integer.MAX_VALUE
        : Integer.parseInt(rule.priority());
  }
}

package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ForwardActionConfig;

/** What a load balancer does to the headers of a target's answer. */
@FunctionalInterface
interface AnswerHeaders {

  /** Changes the headers for the client, which are those of the target so far. */
  void change(HttpServerRequest request, MultiMap headers);

  /** What is to be done for a request that goes to a target. */
  static AnswerHeaders of(
      RouteTable.Listener listener,
      ForwardActionConfig forward,
      Chooser.Choice choice,
      Routing.Group group,
      Sessions sessions) {
    boolean bindsGroup = Chooser.sticky(forward);
    boolean bindsTarget = !(group.stickiness() instanceof Routing.Stickiness.None);
    if (!bindsGroup && !bindsTarget && listener.responses().set().isEmpty()) {
      return (request, headers) -> {};
    }
    return (request, headers) -> {
      listener.responses().set().forEach(headers::set);
      List<String> answered = headers.getAll("Set-Cookie");
      if (bindsTarget) {
        sessions
            .bindTarget(
                group.stickiness(),
                choice.route().target(),
                choice.position(),
                choice.bound(),
                answered,
                request.isSSL())
            .forEach(cookie -> headers.add("Set-Cookie", cookie));
      }
      if (bindsGroup) {
        sessions
            .bindGroup(forward.targetGroupStickinessConfig(), choice.group(), request.isSSL())
            .forEach(cookie -> headers.add("Set-Cookie", cookie));
      }
    };
  }
}

package dev.slipway.twin.balancer;

import dev.slipway.twin.elbv2.Routing;
import dev.slipway.twin.world.Differs;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupStickinessConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;

/**
 * The cookies that bind clients to target groups and targets. Every answer renews them; they expire
 * at the client after seven days, whatever the duration inside says. Source: ELB user guide,
 * sticky-sessions; answers seen from AWS. On a lane's thread.
 */
@Differs(
    value = "a cookie that names a target group of weight 0 is not followed",
    because = "AWS does not tell")
final class Sessions {

  private static final String BALANCER = "AWSALB";
  private static final String GROUP = "AWSALBTG";
  private static final String APPLICATION = "AWSALBAPP-";
  private static final int APPLICATION_COOKIES = 4;
  private static final int TARGET_BYTES = 96;
  private static final int GROUP_BYTES = 129;
  private static final Duration KEPT = Duration.ofDays(7);

  private final Seal seal;
  private final InstantSource clock;

  Sessions(SecretKey key, InstantSource clock) {
    this.seal = new Seal(key);
    this.clock = clock;
  }

  /** The target group that a client is bound to, if it may still get requests. */
  Optional<String> group(HttpServerRequest request, List<TargetGroupTuple> groups) {
    String id = seal.open(cookie(request, GROUP), clock.instant());
    return groups.stream()
        .filter(group -> group.weight() > 0 && id(group.targetGroupArn()).equals(id))
        .map(TargetGroupTuple::targetGroupArn)
        .findFirst();
  }

  /** The target that a client is bound to, if it may still get requests. */
  Optional<Routing.Route> target(
      HttpServerRequest request,
      Routing.Stickiness stickiness,
      int position,
      List<Routing.Route> candidates) {
    String name =
        switch (stickiness) {
          case Routing.Stickiness.None none -> "";
          case Routing.Stickiness.ByBalancer cookie -> BALANCER;
          case Routing.Stickiness.ByApplication cookie -> APPLICATION + position;
        };
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String id = seal.open(cookie(request, name), clock.instant());
    return candidates.stream().filter(route -> id(route.target()).equals(id)).findFirst();
  }

  private static String cookie(HttpServerRequest request, String name) {
    return Cookies.value(request.getHeader("Cookie"), name);
  }

  /** The Set-Cookie headers that bind a client to a target group. */
  List<String> bindGroup(TargetGroupStickinessConfig config, String group, boolean tls) {
    Instant until = clock.instant().plusSeconds(config.durationSeconds());
    return pair(GROUP, seal.close(id(group), until, GROUP_BYTES), tls);
  }

  /**
   * The Set-Cookie headers that bind a client to a target.
   *
   * @param bound whether a cookie of the client led to the target
   * @param answered the target's own Set-Cookie headers
   */
  List<String> bindTarget(
      Routing.Stickiness stickiness,
      Routing.Target target,
      int position,
      boolean bound,
      List<String> answered,
      boolean tls) {
    return switch (stickiness) {
      case Routing.Stickiness.None none -> List.of();
      case Routing.Stickiness.ByBalancer cookie ->
          pair(BALANCER, value(target, cookie.duration()), tls);
      case Routing.Stickiness.ByApplication cookie -> {
        boolean binds =
            bound || answered.stream().anyMatch(set -> Cookies.sets(set, cookie.cookie()));
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < APPLICATION_COOKIES; i++) {
          String value = binds && i == position ? value(target, cookie.duration()) : "_remove_";
          headers.add(APPLICATION + i + "=" + value + expiry());
        }
        yield headers;
      }
    };
  }

  private String value(Routing.Target target, Duration duration) {
    return seal.close(id(target), clock.instant().plus(duration), TARGET_BYTES);
  }

  private List<String> pair(String name, String value, boolean tls) {
    String first = name + "=" + value + expiry();
    String second = name + "CORS=" + value + expiry() + "; SameSite=None";
    return List.of(first, tls ? second + "; Secure" : second);
  }

  private String expiry() {
    return "; Expires=" + Replies.HTTP_DATE.format(clock.instant().plus(KEPT)) + "; Path=/";
  }

  private static String id(Routing.Target target) {
    return target.ip() + " " + target.port();
  }

  private static String id(String group) {
    return UUID.nameUUIDFromBytes(group.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

package dev.slipway.twin.elbv2;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What attributes come to for the data plane. Under the world's lock. */
record TrafficSettings(Store store, Predicate<String> blocked) {

  /** How requests are spread over the targets of a group. */
  Routing.Group ofGroup(String arn) {
    return new Routing.Group(
        Routing.Algorithm.valueOf(
            AttributeSets.TARGET_GROUP
                .value(store, arn, AttributeSets.ALGORITHM)
                .toUpperCase(Locale.ROOT)),
        stickiness(arn),
        SlowStart.duration(store, arn));
  }

  private Routing.Stickiness stickiness(String arn) {
    AttributeSet attributes = AttributeSets.TARGET_GROUP;
    if (!attributes.flag(store, arn, AttributeSets.STICKINESS)) {
      return new Routing.Stickiness.None();
    }
    if (attributes.value(store, arn, AttributeSets.STICKINESS_TYPE).equals("lb_cookie")) {
      return new Routing.Stickiness.ByBalancer(
          Duration.ofSeconds(attributes.number(store, arn, AttributeSets.LB_COOKIE_SECONDS)));
    }
    return new Routing.Stickiness.ByApplication(
        attributes.value(store, arn, AttributeSets.APP_COOKIE),
        Duration.ofSeconds(attributes.number(store, arn, AttributeSets.APP_COOKIE_SECONDS)));
  }

  /** What a listener does to answers. */
  Routing.Responses ofListener(String arn) {
    Map<String, String> set = new LinkedHashMap<>();
    AttributeSets.RESPONSE_HEADERS.forEach((key, name) -> {
      String value = AttributeSets.LISTENER.value(store, arn, key);
      if (!value.isEmpty()) {
        set.put(name, value);
      }
    });
    return new Routing.Responses(
        AttributeSets.LISTENER.flag(store, arn, AttributeSets.SERVER_HEADER), Map.copyOf(set));
  }

  /** The attributes of a load balancer. */
  Routing.Settings ofLoadBalancer(String arn) {
    AttributeSet attributes = AttributeSets.LOAD_BALANCER;
    return new Routing.Settings(
        Duration.ofSeconds(attributes.number(store, arn, AttributeSets.IDLE_TIMEOUT)),
        Duration.ofSeconds(attributes.number(store, arn, AttributeSets.CLIENT_KEEP_ALIVE)),
        attributes.value(store, arn, AttributeSets.XFF_MODE),
        attributes.flag(store, arn, AttributeSets.XFF_PORT),
        attributes.flag(store, arn, AttributeSets.PRESERVE_HOST),
        attributes.flag(store, arn, AttributeSets.DROP_INVALID_HEADERS),
        attributes.flag(store, arn, AttributeSets.TLS_HEADERS),
        attributes.value(store, arn, AttributeSets.DESYNC),
        attributes.flag(store, arn, AttributeSets.ACCESS_LOGS),
        blocked.test(arn));
  }
}

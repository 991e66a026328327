package dev.slipway.twin.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

class RuleMatcherTest {

  /** A request of the method, host, path, query and Accept-Language header, from 203.0.113.10. */
  private record Request(String method, String host, String path, String query, String language)
      implements RuleMatcher.Subject {
    @Override
    public List<String> headers(String name) {
      return name.equalsIgnoreCase("Accept-Language") ? List.of(language) : List.of();
    }

    @Override
    public String clientIp() {
      return "203.0.113.10";
    }
  }

  private static final Request REQUEST =
      new Request("GET", "App.Example.com", "/Shop/items", "page=2&Tag=a%20b", "en-GB");

  private static boolean matches(RuleCondition... conditions) {
    return new RuleMatcher(Rule.builder().conditions(conditions).build()).matches(REQUEST);
  }

  @ParameterizedTest
  @CsvSource({
    "/Shop/items, true",
    "/shop/items, false",
    "/Shop/*, true",
    "/Shop, false",
    "*, true",
    "/Shop/item?, true",
    "/Shop/items?, false",
    "*/*s, true",
    "/S*t*x, false",
    "/Shop/items*, true",
    "/Shop/items\\?page=2, false",
  })
  void matchesPathsWithCaseAndWithoutTheQuery(String pattern, boolean expected) {
    assertThat(
            matches(
                RuleCondition.builder()
                    .field("path-pattern")
                    .pathPatternConfig(c -> c.values(pattern))
                    .build()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "app.example.com, true",
    "*.EXAMPLE.com, true",
    "example.com, false",
    "app.example.???, true",
  })
  void matchesHostsWithoutCase(String pattern, boolean expected) {
    assertThat(
            matches(
                RuleCondition.builder()
                    .field("host-header")
                    .hostHeaderConfig(c -> c.values(pattern))
                    .build()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "page, 2, true",
    "page, 3, false",
    "tag, A B, true",
    ", 2, true",
    ", b, false",
    "pag?, *, true",
  })
  void matchesQueryParametersDecodedAndWithoutCase(String key, String value, boolean expected) {
    assertThat(
            matches(
                RuleCondition.builder()
                    .field("query-string")
                    .queryStringConfig(c -> c.values(pair -> pair.key(key).value(value)))
                    .build()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.0/24, true",
    "203.0.113.10/32, true",
    "203.0.113.11/32, false",
    "0.0.0.0/0, true",
    "10.0.0.0/8, false",
  })
  void matchesTheClientsAddress(String block, boolean expected) {
    assertThat(
            matches(
                RuleCondition.builder()
                    .field("source-ip")
                    .sourceIpConfig(c -> c.values(block))
                    .build()))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "accept-language, EN-*, true",
    "Accept-Language, de*, false",
    "X-Other, *, false",
  })
  void matchesHeaderValues(String name, String value, boolean expected) {
    assertThat(
            matches(
                RuleCondition.builder()
                    .field("http-header")
                    .httpHeaderConfig(c -> c.httpHeaderName(name).values(value))
                    .build()))
        .isEqualTo(expected);
  }

  @Test
  void needsEveryConditionAndOneValueOfEach() {
    RuleCondition method =
        RuleCondition.builder()
            .field("http-request-method")
            .httpRequestMethodConfig(c -> c.values("POST", "GET"))
            .build();
    RuleCondition otherPath =
        RuleCondition.builder()
            .field("path-pattern")
            .pathPatternConfig(c -> c.values("/other"))
            .build();

    assertThat(matches()).isTrue();
    assertThat(matches(method)).isTrue();
    assertThat(matches(method, otherPath)).isFalse();
  }
}

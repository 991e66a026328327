package dev.slipway.twin.balancer;

import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * Decides whether a request meets every condition of a rule. Source: ELB user guide,
 * load-balancer-listeners: paths match with case and without the query, hosts without case, header
 * values and query parameters without case.
 */
final class RuleMatcher {

  /** What of a request the conditions look at. */
  interface Subject {
    /** The path as it came. */
    String path();

    /** The host without a port. */
    String host();

    /** The method. */
    String method();

    /** The values of a header. */
    List<String> headers(String name);

    /** The query as it came; empty without one. */
    String query();

    /** The client's address. */
    String clientIp();
  }

  private final List<Predicate<Subject>> conditions;

  RuleMatcher(Rule rule) {
    conditions = rule.conditions().stream().map(RuleMatcher::compile).toList();
  }

  /** Whether every condition is met; a default rule has none. */
  boolean matches(Subject subject) {
    for (Predicate<Subject> condition : conditions) {
      if (!condition.test(subject)) {
        return false;
      }
    }
    return true;
  }

  private static Predicate<Subject> compile(RuleCondition condition) {
    return switch (condition.field()) {
      case "path-pattern" -> {
        Patterns patterns =
            Patterns.of(
                condition.pathPatternConfig().values(),
                condition.pathPatternConfig().regexValues(),
                false);
        yield subject -> patterns.match(subject.path());
      }
      case "host-header" -> {
        Patterns patterns =
            Patterns.of(
                condition.hostHeaderConfig().values(),
                condition.hostHeaderConfig().regexValues(),
                true);
        yield subject -> patterns.match(subject.host());
      }
      case "http-request-method" -> {
        List<String> methods = condition.httpRequestMethodConfig().values();
        yield subject -> methods.contains(subject.method());
      }
      case "http-header" -> {
        String name = condition.httpHeaderConfig().httpHeaderName();
        Patterns patterns =
            Patterns.of(
                condition.httpHeaderConfig().values(),
                condition.httpHeaderConfig().regexValues(),
                true);
        yield subject -> subject.headers(name).stream().anyMatch(patterns::match);
      }
      case "query-string" -> {
        List<QueryGlob> globs =
            condition.queryStringConfig().values().stream().map(QueryGlob::new).toList();
        yield subject -> globs.stream().anyMatch(glob -> glob.matches(subject.query()));
      }
      case "source-ip" -> {
        List<Cidr> blocks = condition.sourceIpConfig().values().stream().map(Cidr::new).toList();
        yield subject -> blocks.stream().anyMatch(block -> block.contains(subject.clientIp()));
      }
      default -> throw new IllegalArgumentException("condition field " + condition.field());
    };
  }

  /** A query parameter: its value, and its key where the condition names one. */
  private static final class QueryGlob {
    private final Glob key;
    private final Glob value;

    QueryGlob(QueryStringKeyValuePair pair) {
      key = new Glob(pair.key() == null ? "*" : pair.key(), true);
      value = new Glob(pair.value(), true);
    }

    boolean matches(String query) {
      if (query.isEmpty()) {
        return false;
      }
      for (String parameter : query.split("&", -1)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String text = equals < 0 ? "" : parameter.substring(equals + 1);
        if (key.matches(decoded(name)) && value.matches(decoded(text))) {
          return true;
        }
      }
      return false;
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }
  }

  /** A block of IPv4 addresses. */
  private static final class Cidr {
    private final int base;
    private final int mask;

    Cidr(String text) {
      String[] parts = text.split("/", -1);
      int length = Integer.parseInt(parts[1]);
      mask = length == 0 ? 0 : -1 << (32 - length);
      base = number(parts[0]) & mask;
    }

    boolean contains(String ip) {
      return (number(ip) & mask) == base;
    }

    private static int number(String ip) {
      int number = 0;
      for (String part : ip.split("\\.", -1)) {
        number = number << 8 | Integer.parseInt(part);
      }
      return number;
    }
  }

  /** A request as the conditions look at it. */
  record RequestSubject(HttpServerRequest request, String clientIp) implements Subject {
    @Override
    public String path() {
      String path = request.path();
      return path == null ? "/" : path;
    }

    @Override
    public String host() {
      return Hosts.withoutPort(Hosts.asked(request));
    }

    @Override
    public String method() {
      return request.method().name();
    }

    @Override
    public List<String> headers(String name) {
      return new ArrayList<>(request.headers().getAll(name));
    }

    @Override
    public String query() {
      String query = request.query();
      return query == null ? "" : query;
    }
  }
}

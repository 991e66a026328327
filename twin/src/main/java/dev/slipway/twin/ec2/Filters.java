package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * The filters of one {@code Describe} operation: a resource passes when it matches one value of
 * every filter. {@code *} and {@code ?} are wildcards, letters match by case. Source: EC2 API
 * reference, Filter.
 */
final class Filters<T> {

  private final Map<String, Function<T, Stream<?>>> fields = new LinkedHashMap<>();
  private final Function<T, List<Tag>> tags;

  private Filters(Function<T, List<Tag>> tags) {
    this.tags = tags;
  }

  /** Filters over tags alone, for a kind of resource. */
  static <T> Filters<T> of(Kind<T> kind) {
    return new Filters<T>(kind.tags())
        .many("tag-key", r -> kind.tags().apply(r).stream().map(Tag::key))
        .many("tag-value", r -> kind.tags().apply(r).stream().map(Tag::value));
  }

  /** Filters for things that have no tags. */
  static <T> Filters<T> untagged() {
    return new Filters<>(r -> List.of());
  }

  /** A filter over one field; an absent field matches nothing. */
  Filters<T> on(String name, Function<T, ?> field) {
    return many(name, r -> Stream.ofNullable(field.apply(r)));
  }

  /** A filter over a field of many values, one of which must match. */
  Filters<T> many(String name, Function<T, Stream<?>> field) {
    fields.put(name, field);
    return this;
  }

  /** The resources that pass. */
  List<T> apply(List<T> resources, List<Filter> filters) {
    List<T> passed = resources;
    for (Filter filter : filters) {
      Function<T, Stream<?>> field = field(filter.name());
      List<Pattern> patterns = filter.values().stream().map(Filters::pattern).toList();
      passed = passed.stream().filter(r -> matches(field.apply(r), patterns)).toList();
    }
    return passed;
  }

  private Function<T, Stream<?>> field(String name) {
    if (name != null && name.startsWith("tag:")) {
      String key = name.substring(4);
      return r -> tags.apply(r).stream().filter(t -> t.key().equals(key)).map(Tag::value);
    }
    Function<T, Stream<?>> field = fields.get(name);
    if (field == null) {
      throw AwsError.of("InvalidParameterValue", "The filter '%s' is invalid".formatted(name));
    }
    return field;
  }

  private static boolean matches(Stream<?> values, List<Pattern> patterns) {
    return values
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .anyMatch(v -> patterns.stream().anyMatch(p -> p.matcher(v).matches()));
  }

  private static Pattern pattern(String wildcards) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wildcards.length(); i++) {
      char c = wildcards.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}

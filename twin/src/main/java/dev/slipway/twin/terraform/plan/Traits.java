package dev.slipway.twin.terraform.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.terraform.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What a plan must know of a resource type beyond its schema: which values mean the same, and which
 * blocks stay as they are when the configuration leaves them out. Attributes are named by their
 * path of names, joined by dots.
 */
public final class Traits {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, BiPredicate<String, String>> same = new HashMap<>();
  private final Map<String, BiPredicate<Value, Value>> sameValues = new HashMap<>();
  private final Set<String> kept = new HashSet<>();
  private final Set<String> ignored = new HashSet<>();

  /** Texts of the attribute mean the same when the predicate, given prior and wanted, says so. */
  public Traits same(String path, BiPredicate<String, String> predicate) {
    same.put(path, predicate);
    return this;
  }

  /** Values of the attribute mean the same when the predicate, given prior and wanted, says so. */
  public Traits sameValues(String path, BiPredicate<Value, Value> predicate) {
    sameValues.put(path, predicate);
    return this;
  }

  /** Texts of the attributes mean the same when they are the same JSON. */
  public Traits sameJson(String... paths) {
    for (String path : paths) {
      same(path, Traits::isSameJson);
    }
    return this;
  }

  /** Texts of the attributes mean the same when they differ in case only. */
  public Traits ignoringCase(String... paths) {
    for (String path : paths) {
      same(path, String::equalsIgnoreCase);
    }
    return this;
  }

  /** Once the resource exists, differences of the attributes do not count. */
  public Traits ignore(String... paths) {
    ignored.addAll(Set.of(paths));
    return this;
  }

  /** Blocks or attributes that keep what they are when the configuration has none. */
  public Traits keep(String... paths) {
    kept.addAll(Set.of(paths));
    return this;
  }

  boolean keeps(String path) {
    return kept.contains(path);
  }

  boolean areSame(String path, Value prior, Value wanted) {
    BiPredicate<String, String> predicate = same.get(path);
    if (ignored.contains(path)) {
      return true;
    }
    BiPredicate<Value, Value> values = sameValues.get(path);
    if (values != null && prior.isWhollyKnown() && wanted.isWhollyKnown()) {
      return values.test(prior, wanted);
    }
    return predicate != null
        && prior instanceof Value.Str(var before)
        && wanted instanceof Value.Str(var after)
        && predicate.test(before, after);
  }

  /** Whether two texts are the same JSON; texts that are no JSON must be equal. */
  public static boolean isSameJson(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    try {
      return JSON.readTree(one).equals(JSON.readTree(other));
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}

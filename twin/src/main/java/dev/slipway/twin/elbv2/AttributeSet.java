package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.Attributes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The attributes that a kind of resource has: their defaults, which values they take, and which of
 * them the twin honours only at the default.
 */
final class AttributeSet {

  private record Definition(String byDefault, Predicate<String> valid, boolean fixed) {}

  private final String kind;
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private Consumer<Map<String, String>> together = values -> {};

  AttributeSet(String kind) {
    this.kind = kind;
  }

  AttributeSet number(String key, int byDefault, int least, int most) {
    return add(key, String.valueOf(byDefault), value -> isNumber(value, least, most), false);
  }

  AttributeSet choice(String key, String byDefault, String... values) {
    return add(key, byDefault, value -> Arrays.asList(values).contains(value), false);
  }

  AttributeSet flag(String key, boolean byDefault) {
    return choice(key, String.valueOf(byDefault), "true", "false");
  }

  AttributeSet when(String key, String byDefault, Predicate<String> valid) {
    return add(key, byDefault, valid, false);
  }

  /** An attribute whose other values have effects that the twin lacks. */
  AttributeSet fixed(String key, String byDefault) {
    return add(key, byDefault, value -> true, true);
  }

  private AttributeSet add(String key, String byDefault, Predicate<String> valid, boolean fixed) {
    definitions.put(key, new Definition(byDefault, valid, fixed));
    return this;
  }

  static boolean isNumber(String value, int least, int most) {
    if (!value.matches("\\d{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(value);
    return number >= least && number <= most;
  }

  /** Adds a check of what the values come to together. */
  AttributeSet together(Consumer<Map<String, String>> check) {
    together = check;
    return this;
  }

  /** Every attribute with its value. */
  Map<String, String> values(Store store, String arn) {
    Map<String, String> values = new LinkedHashMap<>();
    definitions.forEach((key, definition) -> values.put(key, definition.byDefault()));
    store.attributes().find(arn).ifPresent(changed -> values.putAll(changed.values()));
    return values;
  }

  /** The value of one attribute. */
  String value(Store store, String arn, String key) {
    return store
        .attributes()
        .find(arn)
        .map(changed -> changed.values().get(key))
        .orElse(definitions.get(key).byDefault());
  }

  int number(Store store, String arn, String key) {
    return Integer.parseInt(value(store, arn, key));
  }

  boolean flag(Store store, String arn, String key) {
    return Boolean.parseBoolean(value(store, arn, key));
  }

  /** Changes some attributes; all or none. */
  void change(Store store, String arn, Map<String, String> changes) {
    change(store, arn, changes, result -> {});
  }

  /**
   * Changes some attributes; all or none.
   *
   * @param last sees every attribute as it would be, and may refuse
   */
  void change(
      Store store, String arn, Map<String, String> changes, Consumer<Map<String, String>> last) {
    changes.forEach(this::check);
    Map<String, String> result = values(store, arn);
    result.putAll(changes);
    together.accept(result);
    last.accept(result);
    Map<String, String> values =
        new TreeMap<>(store.attributes().find(arn).map(Attributes::values).orElse(Map.of()));
    values.putAll(changes);
    store.attributes().put(arn, new Attributes(Map.copyOf(values)));
  }

  private void check(String key, String value) {
    Definition definition = definitions.get(key);
    if (definition == null) {
      throw Refusal.validation(kind + " attribute key '" + key + "' is not recognized");
    }
    if (!definition.valid().test(value)) {
      throw Refusal.validation(
          kind + " attribute value '" + value + "' of key '" + key + "' is not valid");
    }
    if (definition.fixed() && !value.equals(definition.byDefault())) {
      throw Refusal.unsupported("the attribute " + key + "=" + value);
    }
  }
}

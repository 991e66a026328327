package dev.slipway.twin.terraform.value;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of Terraform's language as it crosses the plugin protocol. Lists, sets and tuples are all
 * a {@link Seq}, maps and objects an {@link Obj}: only the schema tells them apart.
 */
public sealed interface Value {

  /** Absent. */
  record Null() implements Value {}

  /** Known only after the apply. */
  record Unknown() implements Value {}

  /** A truth value. */
  record Bool(boolean value) implements Value {}

  /** A number, without trailing zeros so that equal numbers are equal values. */
  record Num(BigDecimal value) implements Value {
    /** Strips trailing zeros. */
    public Num {
      value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
  }

  /** A text. */
  record Str(String value) implements Value {}

  /** A list, set or tuple. */
  record Seq(List<Value> items) implements Value {
    /** Copies the items. */
    public Seq {
      items = List.copyOf(items);
    }
  }

  /** A map or object. */
  record Obj(Map<String, Value> entries) implements Value {
    /** Copies the entries, in their order. */
    public Obj {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, null-valued when the key is missing. */
    public Value get(String key) {
      return entries.getOrDefault(key, Values.NULL);
    }
  }

  /** A text, or the null value for a null reference. */
  static Value of(String text) {
    return text == null ? Values.NULL : new Str(text);
  }

  /** A truth value, or the null value for a null reference. */
  static Value of(Boolean value) {
    return value == null ? Values.NULL : value ? Values.TRUE : Values.FALSE;
  }

  /** A number, or the null value for a null reference. */
  static Value of(Number number) {
    return number == null ? Values.NULL : new Num(new BigDecimal(number.toString()));
  }

  /** A sequence of texts. */
  static Value ofTexts(Iterable<String> texts) {
    List<Value> items = new ArrayList<>();
    texts.forEach(text -> items.add(of(text)));
    return new Seq(items);
  }

  /** A map of texts. */
  static Value ofTexts(Map<String, String> texts) {
    Map<String, Value> entries = new LinkedHashMap<>();
    texts.forEach((key, text) -> entries.put(key, of(text)));
    return new Obj(entries);
  }

  /** Whether this is the null value. */
  default boolean isNull() {
    return this instanceof Null;
  }

  /** Whether this is itself unknown. */
  default boolean isUnknown() {
    return this instanceof Unknown;
  }

  /** Whether nothing in this value is unknown. */
  default boolean isWhollyKnown() {
    return switch (this) {
      case Unknown() -> false;
      case Seq(var items) -> items.stream().allMatch(Value::isWhollyKnown);
      case Obj(var entries) -> entries.values().stream().allMatch(Value::isWhollyKnown);
      case Null() -> true;
      case Bool(var b) -> true;
      case Num(var n) -> true;
      case Str(var s) -> true;
    };
  }

  /**
   * Whether this is what Terraform's older plugin framework cannot tell from an absent value: null,
   * an empty text or collection, zero, false.
   */
  default boolean isZero() {
    return switch (this) {
      case Null() -> true;
      case Unknown() -> false;
      case Bool(var b) -> !b;
      case Num(var n) -> n.signum() == 0;
      case Str(var s) -> s.isEmpty();
      case Seq(var items) -> items.isEmpty();
      case Obj(var entries) -> entries.isEmpty();
    };
  }

  /** This value with everything unknown in it made null. */
  default Value withoutUnknowns() {
    return switch (this) {
      case Unknown() -> Values.NULL;
      case Seq(var items) -> new Seq(items.stream().map(Value::withoutUnknowns).toList());
      case Obj(var entries) -> {
        Map<String, Value> known = new LinkedHashMap<>();
        entries.forEach((key, value) -> known.put(key, value.withoutUnknowns()));
        yield new Obj(known);
      }
      case Null n -> n;
      case Bool b -> b;
      case Num n -> n;
      case Str s -> s;
    };
  }
}

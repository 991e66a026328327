package dev.slipway.twin.terraform.value;

import dev.slipway.twin.terraform.value.Type.ObjectOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of a resource, data source or nested block, to be read and set by name. As in the
 * AWS provider, an absent and an empty text are one: SDK builders get null for both. Not thread
 * safe.
 */
public final class Attributes {

  private final Map<String, Value> values = new LinkedHashMap<>();

  /** No attributes yet. */
  public Attributes() {}

  /** The attributes of an object; none for any other value. */
  public Attributes(Value value) {
    if (value instanceof Value.Obj(var entries)) {
      values.putAll(entries);
    }
  }

  /** The value of an attribute, the null value when it is not there. */
  public Value get(String name) {
    return values.getOrDefault(name, Values.NULL);
  }

  /** Whether the attribute is known and neither absent nor empty, zero or false. */
  public boolean has(String name) {
    Value value = get(name);
    return !value.isUnknown() && !value.isZero();
  }

  /** The text, or null when it is absent, unknown or empty. */
  public String text(String name) {
    return get(name) instanceof Value.Str(var text) && !text.isEmpty() ? text : null;
  }

  /** The text, or another when it is absent, unknown or empty. */
  public String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  /** The resource's id, empty when it has none. */
  public String id() {
    return text("id", "");
  }

  /** The number, or null when it is absent or unknown. */
  public Integer integer(String name) {
    return get(name) instanceof Value.Num(var number) ? number.intValue() : null;
  }

  /** The number, or null when it is absent, unknown or zero. */
  public Integer positive(String name) {
    return has(name) ? integer(name) : null;
  }

  /** The number, or null when it is absent or unknown. */
  public Double decimal(String name) {
    return get(name) instanceof Value.Num(var number) ? number.doubleValue() : null;
  }

  /** Whether the attribute is true. */
  public boolean flag(String name) {
    return get(name) instanceof Value.Bool(var b) && b;
  }

  /** The texts of a list or set of texts. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    if (get(name) instanceof Value.Seq(var items)) {
      for (Value item : items) {
        if (item instanceof Value.Str(var text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** The texts of a map of texts. */
  public Map<String, String> textMap(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (get(name) instanceof Value.Obj(var entries)) {
      entries.forEach((key, value) -> {
        if (value instanceof Value.Str(var text)) {
          texts.put(key, text);
        }
      });
    }
    return texts;
  }

  /** The nested blocks or objects of a name. */
  public List<Attributes> blocks(String name) {
    return switch (get(name)) {
      case Value.Seq(var items) -> items.stream().map(Attributes::new).toList();
      case Value.Obj object -> List.of(new Attributes(object));
      default -> List.of();
    };
  }

  /** The first nested block of a name. */
  public Optional<Attributes> block(String name) {
    return blocks(name).stream().findFirst();
  }

  /** Sets an attribute. */
  public Attributes set(String name, Value value) {
    values.put(name, value);
    return this;
  }

  /** Sets a text; null makes it null. */
  public Attributes set(String name, String text) {
    return set(name, Value.of(text));
  }

  /** Sets a number; null makes it null. */
  public Attributes set(String name, Number number) {
    return set(name, Value.of(number));
  }

  /** Sets a truth value; null makes it null. */
  public Attributes set(String name, Boolean value) {
    return set(name, Value.of(value));
  }

  /** Sets a text, empty for null: how the AWS provider stores most texts that AWS leaves out. */
  public Attributes setText(String name, String text) {
    return set(name, Value.of(text == null ? "" : text));
  }

  /** Sets texts empty. */
  public Attributes setEmpty(String... names) {
    for (String name : names) {
      set(name, Value.of(""));
    }
    return this;
  }

  /** Sets a list or set of texts. */
  public Attributes setTexts(String name, Collection<String> texts) {
    return set(name, Value.ofTexts(texts));
  }

  /** Sets a map of texts. */
  public Attributes setTexts(String name, Map<String, String> texts) {
    return set(name, Value.ofTexts(texts));
  }

  /** Sets nested blocks or objects. */
  public Attributes setBlocks(String name, List<Attributes> blocks) {
    return set(name, new Value.Seq(blocks.stream().map(Attributes::toValue).toList()));
  }

  /** Sets one nested block. */
  public Attributes setBlock(String name, Attributes block) {
    return setBlocks(name, List.of(block));
  }

  /** Sets no nested blocks, for each name. */
  public Attributes setNoBlocks(String... names) {
    for (String name : names) {
      set(name, new Value.Seq(List.of()));
    }
    return this;
  }

  /** Whether the attribute's value differs from another's. */
  public boolean differs(Attributes other, String... names) {
    for (String name : names) {
      Value mine = get(name);
      Value theirs = other.get(name);
      if (!mine.equals(theirs) && !(mine.isZero() && theirs.isZero())) {
        return true;
      }
    }
    return false;
  }

  /** A copy that can be changed without changing this. */
  public Attributes copy() {
    return new Attributes(toValue());
  }

  /** All attributes as an object. */
  public Value toValue() {
    return new Value.Obj(values);
  }

  /** The attributes of a type as an object, without unknown values and undeclared names. */
  public Value toState(ObjectOf type) {
    Map<String, Value> known = new LinkedHashMap<>();
    type.attributes().keySet().forEach(name -> known.put(name, get(name).withoutUnknowns()));
    return new Value.Obj(known);
  }
}

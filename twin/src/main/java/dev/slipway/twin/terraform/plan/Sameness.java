package dev.slipway.twin.terraform.plan;

import dev.slipway.twin.terraform.value.Type;
import dev.slipway.twin.terraform.value.Type.ListOf;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.ObjectOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Type.SetOf;
import dev.slipway.twin.terraform.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether two values of a type are one to the provider. Sets have no order, nothing unknown is the
 * same as anything, and in the legacy type system an absent value is the same as an empty one.
 */
record Sameness(boolean legacy) {

  boolean test(Type type, Value one, Value other) {
    if (one.isUnknown() || other.isUnknown()) {
      return false;
    }
    if (legacy && one.isZero() && other.isZero()) {
      return true;
    }
    if (one.isNull() || other.isNull()) {
      return one.isNull() && other.isNull();
    }
    return switch (type) {
      case Primitive p -> one.equals(other);
      case ListOf(var element) -> inOrder(element, items(one), items(other));
      case SetOf(var element) -> inAnyOrder(element, items(one), items(other));
      case MapOf(var element) -> maps(element, entries(one), entries(other));
      case ObjectOf(var attributes) -> objects(attributes, (Value.Obj) one, (Value.Obj) other);
    };
  }

  private static List<Value> items(Value value) {
    return ((Value.Seq) value).items();
  }

  private static Map<String, Value> entries(Value value) {
    return ((Value.Obj) value).entries();
  }

  private boolean maps(Type element, Map<String, Value> one, Map<String, Value> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(e -> test(element, e.getValue(), other.get(e.getKey())));
  }

  private boolean objects(Map<String, Type> attributes, Value.Obj one, Value.Obj other) {
    return attributes.entrySet().stream()
        .allMatch(a -> test(a.getValue(), one.get(a.getKey()), other.get(a.getKey())));
  }

  private boolean inOrder(Type element, List<Value> one, List<Value> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!test(element, one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean inAnyOrder(Type element, List<Value> one, List<Value> other) {
    if (one.size() != other.size()) {
      return false;
    }
    List<Value> left = new ArrayList<>(other);
    for (Value item : one) {
      int match = indexOf(element, item, left);
      if (match < 0) {
        return false;
      }
      left.remove(match);
    }
    return true;
  }

  private int indexOf(Type element, Value item, List<Value> among) {
    for (int i = 0; i < among.size(); i++) {
      if (test(element, item, among.get(i))) {
        return i;
      }
    }
    return -1;
  }
}

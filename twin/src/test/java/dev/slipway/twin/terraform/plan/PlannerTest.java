package dev.slipway.twin.terraform.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.terraform.schema.Attribute;
import dev.slipway.twin.terraform.schema.Block;
import dev.slipway.twin.terraform.schema.Block.Nested;
import dev.slipway.twin.terraform.schema.Block.Nesting;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Type;
import dev.slipway.twin.terraform.value.Type.MapOf;
import dev.slipway.twin.terraform.value.Type.Primitive;
import dev.slipway.twin.terraform.value.Value;
import dev.slipway.twin.terraform.value.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private static final Block RULE =
      new Block(
          byName(
              attribute("port", Primitive.NUMBER, "R", Values.NULL),
              attribute("weight", Primitive.NUMBER, "O", Value.of(1)),
              attribute("id", Primitive.STRING, "C", Values.NULL)),
          Map.of());
  private static final Block BLOCK =
      new Block(
          byName(
              attribute("id", Primitive.STRING, "OC", Values.NULL),
              attribute("name", Primitive.STRING, "RF", Values.NULL),
              attribute("note", Primitive.STRING, "O", Values.NULL),
              attribute("policy", Primitive.STRING, "O", Values.NULL),
              attribute("size", Primitive.NUMBER, "O", Value.of(10)),
              attribute("tags", new MapOf(Primitive.STRING), "O", Values.NULL),
              attribute("tags_all", new MapOf(Primitive.STRING), "OC", Values.NULL)),
          Map.of(
              "rule", new Nested("rule", Nesting.SET, 0, 0, false, false, RULE),
              "logs", new Nested("logs", Nesting.LIST, 0, 1, false, true, RULE),
              "mapping", new Nested("mapping", Nesting.SET, 0, 0, true, false, RULE)));

  private final Planner legacy =
      new Planner(new TypeSchema("t", 0, false, BLOCK), new Traits().sameJson("policy"));
  private final Planner framework = new Planner(new TypeSchema("t", 0, true, BLOCK), new Traits());

  @Test
  void plansDefaultsAndWhatIsKnownLaterForANewResource() {
    Value.Obj planned = plan(legacy, Values.NULL, Map.of("name", Value.of("a")));

    assertThat(planned.get("size")).isEqualTo(Value.of(10));
    assertThat(planned.get("id")).isEqualTo(Values.UNKNOWN);
    assertThat(planned.get("note")).isEqualTo(Values.NULL);
    assertThat(planned.get("rule")).isEqualTo(new Value.Seq(List.of()));
    assertThat(planned.get("mapping")).isEqualTo(Values.UNKNOWN);
  }

  @Test
  void changesNothingWhereAnEmptyTextStandsForAnAbsentOne() {
    Map<String, Value> prior = state();
    prior.put("note", Value.of(""));

    assertThat(plan(legacy, new Value.Obj(prior), Map.of("name", Value.of("a"))))
        .isEqualTo(new Value.Obj(prior));
  }

  @Test
  void tellsAnEmptyTextFromAnAbsentOneOutsideTheLegacyTypeSystem() {
    Map<String, Value> prior = state();
    prior.put("note", Value.of(""));

    assertThat(plan(framework, new Value.Obj(prior), Map.of("name", Value.of("a"))).get("note"))
        .isEqualTo(Values.NULL);
  }

  @Test
  void keepsJsonThatMeansTheSame() {
    Map<String, Value> prior = state();
    prior.put("policy", Value.of("{\"a\":1,\"b\":2}"));
    Value.Obj planned =
        plan(
            legacy,
            new Value.Obj(prior),
            Map.of("name", Value.of("a"), "policy", Value.of("{ \"b\": 2, \"a\": 1 }")));

    assertThat(planned.get("policy")).isEqualTo(prior.get("policy"));
  }

  @Test
  void needsANewResourceWhenAForceNewAttributeChanges() {
    Value.Obj prior = new Value.Obj(state());
    Value.Obj planned = plan(legacy, prior, Map.of("name", Value.of("b"), "size", Value.of(1)));

    assertThat(legacy.replacing(prior, planned)).containsExactly("name");
  }

  @Test
  void needsANewResourceWhenAForceNewAttributeIsKnownLater() {
    Value.Obj prior = new Value.Obj(state());
    Value.Obj planned = plan(legacy, prior, Map.of("name", Values.UNKNOWN));

    assertThat(legacy.replacing(prior, planned)).containsExactly("name");
  }

  @Test
  void needsANewResourceWhenAForceNewBlockGoes() {
    Map<String, Value> state = state();
    state.put("logs", new Value.Seq(List.of(rule(1, 1, "x"))));
    Value.Obj prior = new Value.Obj(state);
    Value.Obj planned = plan(legacy, prior, Map.of("name", Value.of("a")));

    assertThat(legacy.replacing(prior, planned)).containsExactly("logs");
  }

  @Test
  void findsTheElementsOfASetAgainWhateverTheirOrder() {
    Map<String, Value> prior = state();
    prior.put("rule", new Value.Seq(List.of(rule(1, 1, "x"), rule(2, 5, "y"))));
    Value config =
        new Value.Seq(
            List.of(
                new Value.Obj(Map.of("port", Value.of(2), "weight", Value.of(5))),
                new Value.Obj(Map.of("port", Value.of(1)))));

    assertThat(plan(legacy, new Value.Obj(prior), Map.of("name", Value.of("a"), "rule", config)))
        .isEqualTo(new Value.Obj(prior));
  }

  @Test
  void leavesOnlyTheNewElementOfASetUnknown() {
    Map<String, Value> prior = state();
    prior.put("rule", new Value.Seq(List.of(rule(1, 1, "x"))));
    Value config =
        new Value.Seq(
            List.of(
                new Value.Obj(Map.of("port", Value.of(1))),
                new Value.Obj(Map.of("port", Value.of(3)))));
    Value.Obj planned =
        plan(legacy, new Value.Obj(prior), Map.of("name", Value.of("a"), "rule", config));

    assertThat(((Value.Seq) planned.get("rule")).items())
        .containsExactlyInAnyOrder(
            rule(1, 1, "x"),
            new Value.Obj(
                Map.of("port", Value.of(3), "weight", Value.of(1), "id", Values.UNKNOWN)));
  }

  @Test
  void leavesABlockThatTheProviderFilledIn() {
    Map<String, Value> prior = state();
    prior.put("mapping", new Value.Seq(List.of(rule(1, 1, "x"))));

    assertThat(plan(legacy, new Value.Obj(prior), Map.of("name", Value.of("a"))))
        .isEqualTo(new Value.Obj(prior));
  }

  @Test
  void mergesDefaultTagsIntoAllTags() {
    Value.Obj planned =
        (Value.Obj)
            legacy.plan(
                Values.NULL,
                config(Map.of("name", Value.of("a"), "tags", Value.ofTexts(Map.of("team", "own")))),
                Map.of("team", "all", "env", "test"));

    assertThat(planned.get("tags_all"))
        .isEqualTo(Value.ofTexts(Map.of("team", "own", "env", "test")));
  }

  @Test
  void knowsAllTagsOnlyWhenItKnowsEachTag() {
    Value tags = new Value.Obj(Map.of("team", Values.UNKNOWN));

    assertThat(
            plan(legacy, Values.NULL, Map.of("name", Value.of("a"), "tags", tags)).get("tags_all"))
        .isEqualTo(Values.UNKNOWN);
  }

  private static Value.Obj plan(Planner planner, Value prior, Map<String, Value> config) {
    return (Value.Obj) planner.plan(prior, config(config), Map.of());
  }

  private static Value.Obj config(Map<String, Value> set) {
    Map<String, Value> config = new HashMap<>(set);
    BLOCK.blocks().keySet().forEach(name -> config.putIfAbsent(name, new Value.Seq(List.of())));
    return new Value.Obj(config);
  }

  private static Map<String, Value> state() {
    Map<String, Value> state = new HashMap<>();
    state.put("id", Value.of("i-1"));
    state.put("name", Value.of("a"));
    state.put("note", Values.NULL);
    state.put("policy", Values.NULL);
    state.put("size", Value.of(10));
    state.put("tags", Values.NULL);
    state.put("tags_all", new Value.Obj(Map.of()));
    BLOCK.blocks().keySet().forEach(name -> state.put(name, new Value.Seq(List.of())));
    return state;
  }

  private static Value rule(int port, int weight, String id) {
    return new Value.Obj(
        Map.of("port", Value.of(port), "weight", Value.of(weight), "id", Value.of(id)));
  }

  private static Attribute attribute(String name, Type type, String flags, Value defaultValue) {
    return new Attribute(
        name,
        type,
        flags.contains("R"),
        flags.contains("O"),
        flags.contains("C"),
        flags.contains("F"),
        false,
        defaultValue,
        List.of(),
        List.of());
  }

  private static Map<String, Attribute> byName(Attribute... attributes) {
    return Stream.of(attributes).collect(Collectors.toMap(Attribute::name, a -> a));
  }
}

package dev.slipway.twin.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  /** A value and the groups that it is in. */
  private record Row(String name, List<String> groups) {}

  private final Table<Row> table = new Table<>();

  private List<String> inGroup(String group) {
    return table.grouped("groups", Row::groups, group).stream().map(Row::name).toList();
  }

  @Test
  void findsTheRowsOfAGroupWhateverHappensToTheTable() {
    table.put("1", new Row("one", List.of("odd", "small")));
    assertThat(inGroup("odd")).containsExactly("one");

    table.put("2", new Row("two", List.of("even", "small")));
    table.put("3", new Row("three", List.of("odd", "small")));
    table.update("1", row -> new Row("uno", List.of("odd")));
    table.update("9", row -> new Row("nobody", List.of("odd")));
    assertThat(inGroup("odd")).containsExactly("uno", "three");
    assertThat(inGroup("small")).containsExactly("two", "three");

    table.remove("3");
    assertThat(inGroup("odd")).containsExactly("uno");

    Table<Row> other = new Table<>();
    other.put("5", new Row("five", List.of("odd")));
    table.clear();
    assertThat(inGroup("odd")).isEmpty();
    table.addAll(other);
    assertThat(inGroup("odd")).containsExactly("five");
  }
}

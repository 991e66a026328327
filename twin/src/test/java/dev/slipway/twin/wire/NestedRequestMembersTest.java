package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.Operations;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * What stands deep in a request, in a structure, list or map, and is read by nobody: {@code
 * nested-members.txt} has it all, so that a newer SDK brings nothing in unseen.
 */
class NestedRequestMembersTest {

  private final Set<Class<?>> seen = new HashSet<>();
  private final Set<String> unread = new TreeSet<>();
  private ByteCode code;

  @Test
  void everyNestedMemberThatNobodyReadsIsKnown(@TempDir Path directory) throws Exception {
    code =
        new ByteCode(
            Path.of(Twin.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    try (Twin twin = Twin.start(TwinOptions.in(directory).withRuntime(RuntimeKind.SIMULATED))) {
      for (Class<?> type :
          twin.worlds().of("000000000000", "eu-central-1").operations().requestTypes()) {
        for (SdkField<?> field : SdkShapes.builderOf(type).sdkFields()) {
          // What is refused as a whole holds nothing that could be ignored.
          if (isRead(type, field.memberName())) {
            visit(field);
          }
        }
      }
    }

    assertThat(unread).containsExactlyInAnyOrderElementsOf(known());
  }

  private void visit(SdkField<?> field) {
    switch (field.marshallingType().getTargetClass().getSimpleName()) {
      case "SdkPojo" -> visit(field.constructor().get());
      case "List" -> visit(field.getTrait(ListTrait.class).memberFieldInfo());
      case "Map" -> visit(field.getTrait(MapTrait.class).valueFieldInfo());
      default -> {}
    }
  }

  private void visit(SdkPojo builder) {
    Class<?> type = SdkShapes.build(builder).getClass();
    if (!seen.add(type)) {
      return;
    }
    for (SdkField<?> field : builder.sdkFields()) {
      if (isRead(type, field.memberName())) {
        visit(field);
      } else {
        unread.add(
            Operations.servicePackage(type)
                + "."
                + type.getSimpleName()
                + " "
                + field.memberName());
      }
    }
  }

  private boolean isRead(Class<?> type, String member) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(java.lang.reflect.Method::getName)
        .filter(name ->
            name.equalsIgnoreCase(member)
                || name.equalsIgnoreCase("has" + member)
                || name.equalsIgnoreCase(member + "AsString")
                || name.equalsIgnoreCase(member + "AsStrings"))
        .anyMatch(name -> code.calls(type, name));
  }

  private static Set<String> known() throws Exception {
    try (InputStream in =
        NestedRequestMembersTest.class.getResourceAsStream("nested-members.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.replaceFirst(":.*", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}

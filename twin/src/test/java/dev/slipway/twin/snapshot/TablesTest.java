package dev.slipway.twin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.Twin;
import dev.slipway.twin.world.Portable;
import dev.slipway.twin.world.Table;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** Whatever the twin keeps in a table can be carried in a snapshot: by the types, used or not. */
class TablesTest {

  private final Set<Type> seen = new LinkedHashSet<>();
  private final Set<String> stuck = new TreeSet<>();

  @Test
  void holdNothingThatASnapshotCannotCarry() throws Exception {
    Set<Type> rows = rowTypes();
    assertThat(rows).hasSizeGreaterThan(40);
    rows.forEach(type -> check(type, type.getTypeName()));
    assertThat(stuck).isEmpty();
  }

  private static Set<Type> rowTypes() throws IOException, URISyntaxException {
    Path classes = Path.of(Twin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<Type> found = new LinkedHashSet<>();
    try (Stream<Path> files = Files.walk(classes.resolve("dev/slipway/twin"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            classes.relativize(file).toString().replace('/', '.').replaceFirst("\\.class$", "");
        if (!name.contains(".terraform.") && !name.endsWith("-info")) {
          collect(name, found);
        }
      }
    }
    return found;
  }

  private static void collect(String name, Set<Type> found) {
    try {
      Class<?> type = Class.forName(name, false, TablesTest.class.getClassLoader());
      for (Method method : type.getDeclaredMethods()) {
        addRow(method.getGenericReturnType(), found);
      }
      for (Field field : type.getDeclaredFields()) {
        addRow(field.getGenericType(), found);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addRow(Type type, Set<Type> found) {
    if (type instanceof ParameterizedType table
        && table.getRawType() == Table.class
        && (table.getActualTypeArguments()[0] instanceof Class<?>
            || table.getActualTypeArguments()[0] instanceof ParameterizedType)) {
      found.add(table.getActualTypeArguments()[0]);
    }
  }

  private void check(Type type, String path) {
    if (!seen.add(type)) {
      return;
    }
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      if (Collection.class.isAssignableFrom(raw)
          || Map.class.isAssignableFrom(raw)
          || raw == Optional.class) {
        Arrays.stream(generic.getActualTypeArguments()).forEach(a -> check(a, path));
        return;
      }
    }
    Class<?> raw = Kinds.raw(type);
    if (raw.isRecord()) {
      for (RecordComponent component : raw.getRecordComponents()) {
        check(component.getGenericType(), path + "." + component.getName());
      }
    } else if (raw.isSealed()) {
      Arrays.stream(raw.getPermittedSubclasses()).forEach(sub -> check(sub, path));
    } else if (!isCarried(raw)) {
      stuck.add(path + ": " + raw.getName());
    }
  }

  private static boolean isCarried(Class<?> type) {
    return type.isEnum()
        || SdkPojo.class.isAssignableFrom(type)
        || Portable.class.isAssignableFrom(type)
        || SdkBytes.class.isAssignableFrom(type)
        || !Kinds.name(type).equals(type.getName());
  }
}

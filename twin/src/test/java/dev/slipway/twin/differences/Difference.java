package dev.slipway.twin.differences;

import dev.slipway.twin.Twin;
import dev.slipway.twin.world.Differs;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A difference from AWS as an annotation in the code says it.
 *
 * @param part the part of the twin: what follows {@code dev.slipway.twin} in the package
 * @param where the class, and the method when it is one method's
 */
record Difference(String part, String where, String what, String because) {

  private static final String ROOT = "dev.slipway.twin";

  /** Every difference that the twin's classes state, in order of part and text. */
  static List<Difference> all() {
    try {
      Path classes =
          Path.of(Twin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<Difference> found = new ArrayList<>();
      try (Stream<Path> files = Files.walk(classes.resolve(ROOT.replace('.', '/')))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          String name = classes.relativize(file).toString().replace('/', '.');
          if (!name.contains(".terraform.proto.") && !name.endsWith("-info.class")) {
            found.addAll(of(load(name.substring(0, name.length() - ".class".length()))));
          }
        }
      }
      return found;
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Difference.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Difference> of(Class<?> type) {
    String[] packages = type.getPackageName().split("\\.", -1);
    String part = packages.length > 3 ? packages[3] : "";
    List<AnnotatedElement> elements = new ArrayList<>(List.of(type));
    // Reflection gives methods in no order of its own.
    Arrays.stream(type.getDeclaredMethods())
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .forEach(elements::add);
    List<Difference> found = new ArrayList<>();
    for (AnnotatedElement element : elements) {
      String where =
          element instanceof Method method
              ? type.getSimpleName() + "." + method.getName()
              : type.getSimpleName();
      for (Differs differs : element.getAnnotationsByType(Differs.class)) {
        found.add(new Difference(part, where, differs.value(), differs.because()));
      }
    }
    return found;
  }
}

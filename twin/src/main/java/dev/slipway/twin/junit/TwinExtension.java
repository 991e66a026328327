package dev.slipway.twin.junit;

import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.TwinOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Starts twins for tests, hands them out, and ends them with the test run. */
final class TwinExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(TwinExtension.class);
  private static final AtomicLong ACCOUNTS = new AtomicLong(100_000_000_000L);

  @Override
  public void beforeAll(ExtensionContext context) throws IllegalAccessException {
    for (Field field : fields(context.getRequiredTestClass(), true)) {
      field.set(null, value(context, field.getType()));
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
      for (Field field : fields(instance.getClass(), false)) {
        field.set(instance, value(context, field.getType()));
      }
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return isOurs(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return value(context, parameter.getParameter().getType());
  }

  private static List<Field> fields(Class<?> type, boolean ofClass) {
    List<Field> fields =
        ReflectionSupport.findFields(
            type,
            field -> isOurs(field.getType()) && Modifier.isStatic(field.getModifiers()) == ofClass,
            HierarchyTraversalMode.TOP_DOWN);
    fields.forEach(field -> field.setAccessible(true));
    return fields;
  }

  private static boolean isOurs(Class<?> type) {
    return type == TwinAccount.class || type == dev.slipway.twin.Twin.class;
  }

  private static Object value(ExtensionContext context, Class<?> type) {
    dev.slipway.twin.Twin twin = twin(context);
    if (type == dev.slipway.twin.Twin.class) {
      return twin;
    }
    // One account for a class or a test, whoever of it asks.
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            context.getUniqueId(),
            scope -> twin.account(Long.toString(ACCOUNTS.incrementAndGet())),
            TwinAccount.class);
  }

  private static dev.slipway.twin.Twin twin(ExtensionContext context) {
    Twin wish =
        AnnotationSupport.findAnnotation(
                context.getRequiredTestClass(), Twin.class, context.getEnclosingTestClasses())
            .orElseThrow(() -> new IllegalStateException("the test class has no @Twin"));
    Store store = context.getRoot().getStore(NAMESPACE);
    return store.computeIfAbsent(wish.toString(), key -> new Running(wish), Running.class).twin;
  }

  /** A twin with its directory; the store closes it. */
  private static final class Running implements AutoCloseable {
    private final Path directory;
    private final dev.slipway.twin.Twin twin;

    Running(Twin wish) {
      try {
        directory = Files.createTempDirectory("twin");
        twin =
            dev.slipway.twin.Twin.start(
                TwinOptions.in(directory)
                    .withScale(wish.scale())
                    .withRegion(wish.region())
                    .withRuntime(wish.runtime())
                    .enforcingIam(wish.enforceIam()));
      } catch (IOException e) {
        throw new IllegalStateException("the twin cannot start: " + e.getMessage(), e);
      }
    }

    @Override
    public void close() throws IOException {
      twin.close();
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}

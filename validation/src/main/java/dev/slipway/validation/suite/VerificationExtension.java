package dev.slipway.validation.suite;

import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Progress;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Verification} of the session, so that all of them share an observer.
 *
 * <p>What is verified is named by the JUnit configuration parameters or environment variables
 * {@code slipway.cluster} / {@code SLIPWAY_CLUSTER}, {@code slipway.service}, {@code
 * slipway.image-digest}, {@code slipway.expect-revision}, {@code slipway.url}, {@code
 * slipway.commit}, {@code slipway.expect-build}; region, credentials and endpoint are found as
 * every AWS tool finds them.
 */
public final class VerificationExtension implements ParameterResolver {

  /** Where the session's verification is kept, by class and key. */
  static final Namespace NAMESPACE = Namespace.create(VerificationExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Verification.class;
  }

  @Override
  public Verification resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
    return store
        .computeIfAbsent(Session.class, _ -> fromEnvironment(context), Session.class)
        .verification();
  }

  private static Session fromEnvironment(ExtensionContext context) {
    Wanted wanted =
        new Wanted(
            required(context, "cluster"),
            required(context, "service"),
            setting(context, "image-digest"),
            setting(context, "expect-revision"),
            setting(context, "url"),
            setting(context, "commit"),
            setting(context, "expect-build"));
    try {
      return Session.open(
          AwsClients.of(setting(context, "region")),
          wanted,
          Limits.NORMAL,
          Choices.NORMAL,
          Progress.SILENT);
    } catch (Unanswered e) {
      throw new IllegalStateException("no AWS region is configured; set AWS_REGION", e);
    }
  }

  private static String required(ExtensionContext context, String name) {
    String value = setting(context, name);
    if (value.isEmpty()) {
      throw new IllegalStateException(
          "the deployment suite does not know its %s; set the JUnit parameter slipway.%s or %s"
              .formatted(name, name, variable(name)));
    }
    return value;
  }

  private static String setting(ExtensionContext context, String name) {
    return context
        .getConfigurationParameter("slipway." + name)
        .orElseGet(() -> System.getenv().getOrDefault(variable(name), ""));
  }

  private static String variable(String name) {
    return "SLIPWAY_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
  }
}

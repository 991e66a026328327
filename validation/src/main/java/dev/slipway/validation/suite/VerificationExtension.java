package dev.slipway.validation.suite;

import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.settings.Order;
import dev.slipway.validation.settings.OrderReader;
import dev.slipway.validation.settings.Places;
import dev.slipway.validation.settings.WrongSetting;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the one {@link Verification} of the session, so that all of them share an observer.
 *
 * <p>What is verified is named by JUnit configuration parameters or environment variables: every
 * {@link dev.slipway.validation.settings.Setting}, for instance {@code slipway.cluster} or {@code
 * SLIPWAY_CLUSTER}; {@code slipway.config} and {@code slipway.terraform-output} name files. Region,
 * credentials and endpoint are found as every AWS tool finds them.
 */
public final class VerificationExtension implements ParameterResolver {

  /** Where the session's verification is kept, by class and key. */
  static final Namespace NAMESPACE = Namespace.create(VerificationExtension.class);

  private static final String PREFIX = "slipway.";

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
    try {
      Order order = OrderReader.read(places(context));
      if (order.services().size() != 1) {
        throw new IllegalStateException(
            "the deployment suite verifies one service: name it by slipway.service");
      }
      Order.Item item = order.services().getFirst();
      return Session.open(
          AwsClients.of(order.region()),
          item.wanted(),
          order.limits(),
          item.choices(),
          Progress.SILENT,
          order.extras());
    } catch (WrongSetting e) {
      throw new IllegalStateException(e.told().text(), e);
    } catch (Unanswered e) {
      throw new IllegalStateException(Messages.unanswered(e, AwsClients.endpoint()).text(), e);
    }
  }

  private static Places places(ExtensionContext context) {
    return new Places(
        word -> context.getConfigurationParameter(PREFIX + word).orElse(null),
        word -> PREFIX + word,
        System.getenv(),
        Path.of(""),
        InputStream.nullInputStream());
  }
}

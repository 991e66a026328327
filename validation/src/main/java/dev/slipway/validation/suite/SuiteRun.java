package dev.slipway.validation.suite;

import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.WrongAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/** Runs the deployment suite in this process, by the JUnit Platform's launcher. */
public final class SuiteRun {

  private SuiteRun() {}

  /**
   * Runs all checks over a session.
   *
   * @param session the session; it stays open
   * @param tags the tags of the checks to run; empty for all
   * @param junitXml where the JUnit XML goes; {@code null} for nowhere
   * @throws Unanswered when AWS could not be asked
   * @throws WrongAddress when there is no such service
   * @throws IOException when the XML cannot be written
   */
  public static void run(Session session, List<String> tags, Path junitXml)
      throws Unanswered, WrongAddress, IOException {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestEngineAutoRegistration(true)
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build();
    Troubles troubles = new Troubles();
    try (LauncherSession launcher = LauncherFactory.openSession(config)) {
      launcher
          .getStore()
          .put(Namespace.create(VerificationExtension.class), Session.class, session);
      List<TestExecutionListener> listeners = new ArrayList<>(List.of(troubles));
      Path directory = junitXml == null ? null : Files.createTempDirectory("slipway-junit");
      if (directory != null) {
        listeners.add(
            new LegacyXmlReportGeneratingListener(
                directory, new PrintWriter(Writer.nullWriter(), true)));
      }
      launcher
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(DeploymentSuite.class))
                  .filters(
                      tags.isEmpty()
                          ? new Filter<?>[0]
                          : new Filter<?>[] {TagFilter.includeTags(tags)})
                  .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                  .build(),
              listeners.toArray(TestExecutionListener[]::new));
      if (directory != null) {
        keep(directory, junitXml);
      }
    }
    troubles.rethrow();
  }

  /** The listener chooses the file's name itself. */
  private static void keep(Path directory, Path junitXml) throws IOException {
    if (junitXml.toAbsolutePath().getParent() != null) {
      Files.createDirectories(junitXml.toAbsolutePath().getParent());
    }
    try (var files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().endsWith("jupiter.xml")) {
          Files.writeString(junitXml, withoutProperties(Files.readString(file)));
        }
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /** The listener writes all system properties, and a report must not carry this machine's. */
  private static String withoutProperties(String xml) {
    return xml.replaceFirst("(?s)<properties>.*?</properties>\\s*", "");
  }

  /** Keeps what is no verdict of a check. */
  private static final class Troubles implements TestExecutionListener {
    private Throwable first;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      Throwable thrown = result.getThrowable().orElse(null);
      boolean verdict =
          thrown == null || thrown instanceof org.opentest4j.IncompleteExecutionException;
      if (first == null && !verdict && !(thrown instanceof AssertionError)) {
        first = thrown;
      }
    }

    void rethrow() throws Unanswered, WrongAddress {
      switch (first) {
        case null -> {}
        case Unanswered e -> throw e;
        case WrongAddress e -> throw e;
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException("the suite could not be run", first);
      }
    }
  }
}

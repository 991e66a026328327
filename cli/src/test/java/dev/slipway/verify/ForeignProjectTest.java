package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's JUnit project, which has the verifier and nothing of the twin on its class path:
 * it selects the suite, and puts a check of ours to a test of its own.
 */
@Twin(runtime = RuntimeKind.SIMULATED)
class ForeignProjectTest {

  private static final String TESTS =
      """
      package shop;

      import static org.junit.jupiter.api.Assertions.assertEquals;

      import dev.slipway.validation.check.CheckResult;
      import dev.slipway.validation.check.TasksCheck;
      import dev.slipway.validation.suite.Verification;
      import dev.slipway.validation.suite.VerificationExtension;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.extension.ExtendWith;

      @ExtendWith(VerificationExtension.class)
      class ShopIT {
        @Test
        void runs(Verification verification) throws Exception {
          assertEquals(
              CheckResult.Status.PASS, verification.await(new TasksCheck()).status());
        }
      }
      """;

  private static final String MAIN =
      """
      package shop;

      import dev.slipway.validation.suite.DeploymentSuite;
      import java.io.PrintWriter;
      import org.junit.platform.engine.discovery.DiscoverySelectors;
      import org.junit.platform.launcher.TagFilter;
      import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
      import org.junit.platform.launcher.core.LauncherFactory;
      import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

      public final class Main {
        public static void main(String[] args) {
          SummaryGeneratingListener listener = new SummaryGeneratingListener();
          LauncherFactory.create()
              .execute(
                  LauncherDiscoveryRequestBuilder.request()
                      .selectors(
                          DiscoverySelectors.selectClass(DeploymentSuite.class),
                          DiscoverySelectors.selectClass(ShopIT.class))
                      .filters(TagFilter.excludeTags("posture", "soak"))
                      .build(),
                  listener);
          var summary = listener.getSummary();
          summary.printFailuresTo(new PrintWriter(System.out, true));
          System.out.printf(
              "%d passed, %d failed%n",
              summary.getTestsSucceededCount(), summary.getTestsFailedCount());
        }
      }
      """;

  private TwinAccount account;

  @TempDir private Path directory;

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(":", -1))
        .filter(
            p -> !p.matches(".*/(twin|cli|rehearsal)/target/.*|.*slipway-(twin|cli|rehearsal).*"))
        .collect(Collectors.joining(":"));
  }

  private Path compiled() throws IOException {
    Path sources = Files.createDirectories(directory.resolve("src/shop"));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Files.writeString(sources.resolve("ShopIT.java"), TESTS);
    Files.writeString(sources.resolve("Main.java"), MAIN);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int code =
        compiler.run(
            null,
            System.out,
            System.err,
            "-proc:none",
            "-cp",
            classPath(),
            "-d",
            classes.toString(),
            sources.resolve("ShopIT.java").toString(),
            sources.resolve("Main.java").toString());
    assertThat(code).isZero();
    return classes;
  }

  private String run(Path classes, String service) throws Exception {
    Path said = directory.resolve("said.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    classes + ":" + classPath(),
                    "shop.Main"))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder.environment().putAll(account.environment());
    builder.environment().put("SLIPWAY_CLUSTER", Estate.CLUSTER);
    builder.environment().put("SLIPWAY_SERVICE", service);
    builder.start().waitFor();
    return Files.readString(said);
  }

  @Test
  void addsTheChecksToItsOwn() throws Exception {
    Estate estate = new Estate(account).prepare();
    estate.service("shop", 1);
    estate.service("closed", 0);
    await().atMost(Duration.ofMinutes(2)).until(() -> estate.steady("shop"));
    Path classes = compiled();
    assertThat(run(classes, "shop")).contains("6 passed, 0 failed");
    assertThat(run(classes, "closed"))
        .contains("desired count is 0: nothing runs")
        .doesNotContain(" 0 failed");
  }
}

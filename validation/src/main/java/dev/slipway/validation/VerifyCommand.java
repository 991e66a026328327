package dev.slipway.validation;

import dev.slipway.validation.fleet.FleetGithub;
import dev.slipway.validation.fleet.FleetJson;
import dev.slipway.validation.fleet.FleetReport;
import dev.slipway.validation.fleet.FleetRun;
import dev.slipway.validation.fleet.FleetTree;
import dev.slipway.validation.fleet.FleetXml;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.report.GithubReport;
import dev.slipway.validation.report.JsonReport;
import dev.slipway.validation.report.LiveProgress;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.report.PlainProgress;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Tree;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.report.html.HtmlReport;
import dev.slipway.validation.settings.Order;
import dev.slipway.validation.settings.OrderReader;
import dev.slipway.validation.settings.WrongSetting;
import dev.slipway.validation.suite.Session;
import dev.slipway.validation.suite.SuiteRun;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway verify}: is the service that was meant the service that serves? */
@Command(
    name = "verify",
    sortOptions = false,
    modelTransformer = SettingOptions.class,
    description =
        "Verify a deployment: is the service that was meant the service that serves? If not, name"
            + " the one resource to change.",
    footer = "Exit code: 0 verified, 1 a check failed, 2 wrong use, 3 AWS could not be asked.")
public final class VerifyCommand implements Callable<Integer> {

  /** Verified. */
  static final int VERIFIED = 0;

  /** A check failed. */
  static final int FAILED = 1;

  /** Wrong use or configuration. */
  static final int WRONG_USE = 2;

  /** AWS could not be asked, or not about everything. */
  static final int UNANSWERED = 3;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private Path json;

  @Option(
      names = "--junit-xml",
      paramLabel = "FILE",
      description = "Write the report as JUnit XML.")
  private Path junitXml;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one self-contained HTML file.")
  private Path html;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Quiet.libraries();
    Order order;
    try {
      order = OrderReader.read(SettingOptions.places(spec));
    } catch (WrongSetting e) {
      return say(e.told(), WRONG_USE);
    }
    if (order.several() && html != null) {
      return say(
          new Message(
              "--html cannot be used with several services",
              "expected --json or --junit-xml; got --html " + html,
              "the page shows one deployment",
              List.of("slipway verify --cluster NAME --service NAME --html FILE")),
          WRONG_USE);
    }
    try (Aws aws = AwsClients.of(order.region())) {
      return order.several() ? fleet(aws, order) : verify(aws, order, order.services().getFirst());
    } catch (Unanswered e) {
      return say(Messages.unanswered(e, endpoint()), UNANSWERED);
    }
  }

  private int verify(Aws aws, Order order, Order.Item item) throws IOException {
    try (Session session =
        Session.open(
            aws, item.wanted(), order.limits(), item.choices(), progress(err()), order.extras())) {
      try {
        SuiteRun.run(session, order.tags(), junitXml);
        return tell(session.verification().report());
      } catch (WrongAddress e) {
        return say(Messages.wrongAddress(e, item.wanted(), aws.region()), WRONG_USE);
      } catch (Unanswered e) {
        Message message = Messages.unanswered(e, endpoint());
        tell(session.verification().report(message.what()));
        return say(message, UNANSWERED);
      }
    }
  }

  private int fleet(Aws aws, Order order) throws IOException, Unanswered {
    FleetReport fleet;
    try {
      fleet =
          new FleetRun(
                  aws,
                  order,
                  endpoint(),
                  line -> {
                    err().println(line);
                    err().flush();
                  })
              .run();
    } catch (WrongAddress e) {
      return say(
          Messages.wrongAddress(e, order.whole().orElseThrow().wanted(), aws.region()), WRONG_USE);
    }
    write(json, () -> FleetJson.of(fleet));
    write(junitXml, () -> FleetXml.of(fleet));
    PrintWriter out = spec.commandLine().getOut();
    FleetTree.of(fleet).forEach(out::println);
    onGithub(fleet, out);
    out.flush();
    return fleet.onlyAbsent() ? WRONG_USE : code(fleet.verdict());
  }

  private static int code(Verdict verdict) {
    return switch (verdict) {
      case PASS -> VERIFIED;
      case FAIL -> FAILED;
      case UNKNOWN -> UNANSWERED;
    };
  }

  private int tell(Report report) throws IOException {
    write(json, () -> JsonReport.of(report));
    write(html, () -> HtmlReport.of(report));
    PrintWriter out = spec.commandLine().getOut();
    Tree.of(report).forEach(out::println);
    onGithub(report, out);
    out.flush();
    return code(report.verdict());
  }

  /** Source: GitHub, default environment variables. */
  private static void onGithub(Report report, PrintWriter out) throws IOException {
    append("GITHUB_STEP_SUMMARY", GithubReport.summary(report));
    append("GITHUB_OUTPUT", GithubReport.outputs(report));
    if ("true".equals(System.getenv("GITHUB_ACTIONS"))) {
      GithubReport.annotations(report).forEach(out::println);
    }
  }

  private static void onGithub(FleetReport fleet, PrintWriter out) throws IOException {
    append("GITHUB_STEP_SUMMARY", FleetGithub.summary(fleet));
    append("GITHUB_OUTPUT", FleetGithub.outputs(fleet));
    if ("true".equals(System.getenv("GITHUB_ACTIONS"))) {
      FleetGithub.annotations(fleet).forEach(out::println);
    }
  }

  private static void append(String variable, String text) throws IOException {
    String file = System.getenv().getOrDefault(variable, "");
    if (!file.isEmpty()) {
      Files.writeString(Path.of(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static void write(Path file, Supplier<String> text) throws IOException {
    if (file == null) {
      return;
    }
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, text.get());
  }

  private int say(Message message, int code) {
    err().println(message.text());
    err().flush();
    return code;
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private static String endpoint() {
    return AwsClients.endpoint();
  }

  /** Shells tell the terminal's width; most terminals have eighty columns or more. */
  private static int columns() {
    String said = System.getenv().getOrDefault("COLUMNS", "");
    return said.matches("[1-9]\\d{1,3}") ? Integer.parseInt(said) : 80;
  }

  /** There is no console at all where the JVM has none to offer or nobody sits at it. */
  @SuppressWarnings("SystemConsoleNull")
  private static Progress progress(PrintWriter err) {
    // Asked once: a second call may answer otherwise.
    Console console = System.console();
    boolean plain =
        System.getenv("CI") != null
            || System.getenv("NO_COLOR") != null
            || console == null
            || !console.isTerminal();
    return plain
        ? new PlainProgress(err, InstantSource.system())
        // To whom sits there, wherever errors are sent.
        : new LiveProgress(console.writer(), columns());
  }
}

package dev.slipway.validation;

import dev.slipway.validation.observe.Ask;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Preview;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.preflight.Names;
import dev.slipway.validation.preflight.Preflight;
import dev.slipway.validation.report.JsonReport;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Tree;
import dev.slipway.validation.report.html.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway preflight}: what would a rollout come to, were it begun now? */
@Command(
    name = "preflight",
    sortOptions = false,
    description =
        "Foretell a rollout before it is begun: routes, endpoints, security groups, roles, image,"
            + " log groups, ports and sizes.",
    footer =
        "Exit code: 0 nothing stands in the way, 1 it would fail, 2 wrong use, 3 AWS could not be"
            + " asked.")
public final class PreflightCommand implements Callable<Integer> {

  @Option(names = "--cluster", description = "The ECS cluster, name or ARN.")
  private String cluster = "";

  @Option(names = "--service", description = "The ECS service, name or ARN.")
  private String service = "";

  @Option(
      names = "--task-definition",
      description =
          "What is to be rolled out, family, family:n or ARN; else what the service has now.")
  private String revision = "";

  @ArgGroup(exclusive = false, heading = "A service that does not exist yet:%n")
  private NewService made;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON.")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the report as one self-contained HTML file.")
  private Path html;

  @Option(
      names = "--skip",
      paramLabel = "ID=REASON",
      description = "A check or cause to leave out, with the reason why; may be repeated.")
  private Map<String, String> skips = new LinkedHashMap<>();

  @Option(names = "--region", description = "The region; else the environment's or profile's.")
  private String region = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Quiet.libraries();
    Wanted wanted = new Wanted(cluster, service, "", revision, "", "", "");
    if (service.isEmpty() == (made == null) || (made != null && revision.isEmpty())) {
      return say(nothingNamed(), VerifyCommand.WRONG_USE);
    }
    if (made == null && cluster.isEmpty()) {
      return say(nothingNamed(), VerifyCommand.WRONG_USE);
    }
    InstantSource time = InstantSource.system();
    Instant begun = time.instant();
    try (Aws aws = AwsClients.of(region)) {
      Preview preview = new Preview(aws);
      Snapshot snapshot =
          made == null
              ? preview.service(wanted, begun)
              : preview.planned(made.service(), wanted, begun);
      Duration took = Duration.between(begun, time.instant());
      return tell(Preflight.report(snapshot, wanted, Names.NONE, skips, took));
    } catch (WrongAddress e) {
      return say(
          Messages.wrongAddress(e, wanted, region.isEmpty() ? "the region" : region),
          VerifyCommand.WRONG_USE);
    } catch (Ask.PollFailed e) {
      return say(
          Messages.unanswered(e.unanswered(), AwsClients.endpoint()), VerifyCommand.UNANSWERED);
    } catch (Unanswered e) {
      return say(Messages.unanswered(e, AwsClients.endpoint()), VerifyCommand.UNANSWERED);
    }
  }

  private int tell(Report report) throws IOException {
    write(json, () -> JsonReport.of(report));
    write(html, () -> HtmlReport.of(report));
    PrintWriter out = spec.commandLine().getOut();
    Tree.of(report).forEach(out::println);
    out.flush();
    return switch (report.verdict()) {
      case PASS -> VerifyCommand.VERIFIED;
      case FAIL -> VerifyCommand.FAILED;
      case UNKNOWN -> VerifyCommand.UNANSWERED;
    };
  }

  private static Message nothingNamed() {
    return new Message(
        "preflight needs a rollout to look at",
        "expected --cluster and --service, or --task-definition with --subnets",
        "an option is missing, or an empty variable in a script",
        java.util.List.of(
            "slipway preflight --cluster NAME --service NAME",
            "slipway preflight --cluster NAME --task-definition FAMILY --subnets ID,ID --security-groups ID"));
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
    PrintWriter err = spec.commandLine().getErr();
    err.println(message.text());
    err.flush();
    return code;
  }
}

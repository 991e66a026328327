package dev.slipway.validation;

import dev.slipway.validation.observe.Ask;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Preview;
import dev.slipway.validation.observe.Snapshot;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.plan.Account;
import dev.slipway.validation.plan.BadPlan;
import dev.slipway.validation.plan.LiveAccount;
import dev.slipway.validation.plan.Plan;
import dev.slipway.validation.plan.Prospect;
import dev.slipway.validation.preflight.Names;
import dev.slipway.validation.preflight.Preflight;
import dev.slipway.validation.preflight.PreflightReport;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.report.html.HtmlReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
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
        "Foretell a rollout before it is begun, from a Terraform plan or on the live account:"
            + " routes, endpoints, security groups, roles, image, log groups, ports and sizes.",
    footer =
        "Exit code: 0 nothing stands in the way, 1 it would fail, 2 wrong use, 3 it could not be"
            + " found out.")
public final class PreflightCommand implements Callable<Integer> {

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "A Terraform plan, as terraform show -json prints it; - for standard input. What is"
              + " there already is asked of AWS, when it answers.")
  private String plan = "";

  @Option(names = "--offline", description = "With --plan: ask nobody, look at the plan alone.")
  private boolean offline;

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

  private final InstantSource time = InstantSource.system();

  /** Made by picocli. */
  public PreflightCommand() {}

  @Override
  public Integer call() throws IOException {
    Quiet.libraries();
    if (!plan.isEmpty()) {
      return onPlan();
    }
    boolean known = made == null && !cluster.isEmpty() && !service.isEmpty();
    boolean meant = made != null && service.isEmpty() && !revision.isEmpty();
    return known || meant ? onAccount() : say(nothingNamed(), VerifyCommand.WRONG_USE);
  }

  private int onAccount() throws IOException {
    Wanted wanted = Wanted.of(cluster, service).withRevision(revision);
    Instant begun = time.instant();
    try (Aws aws = AwsClients.of(region)) {
      try {
        Preview preview = new Preview(aws);
        Snapshot snapshot =
            made == null
                ? preview.service(wanted, begun)
                : preview.planned(made.service(), wanted, begun);
        return tell(List.of(Preflight.report(snapshot, wanted, Names.NONE, skips, since(begun))));
      } catch (WrongAddress e) {
        return say(Messages.wrongAddress(e, wanted, aws.region()), VerifyCommand.WRONG_USE);
      } catch (Ask.PollFailed e) {
        return unanswered(e.unanswered());
      }
    } catch (Unanswered e) {
      return unanswered(e);
    }
  }

  private int onPlan() throws IOException {
    Instant begun = time.instant();
    String text;
    Plan read;
    try {
      text =
          plan.equals("-")
              ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
              : Files.readString(Path.of(plan));
      read = Plan.parse(text);
    } catch (BadPlan | IOException e) {
      return say(badPlan(e), VerifyCommand.WRONG_USE);
    }
    List<Prospect> prospects = prospects(read, begun);
    if (prospects.isEmpty()) {
      return say(noService(), VerifyCommand.WRONG_USE);
    }
    List<Report> reports = new ArrayList<>();
    for (Prospect each : prospects) {
      reports.add(
          Preflight.report(
              each.snapshot(),
              each.wanted(),
              Optional.of(each.applying()),
              each.names(),
              skips,
              since(begun)));
    }
    return tell(reports);
  }

  /** Without an answer from AWS a plan can still be looked at. */
  private List<Prospect> prospects(Plan read, Instant begun) {
    if (offline) {
      return read.services(Account.UNASKED, begun);
    }
    try (Aws aws = AwsClients.of(region.isEmpty() ? read.region() : region)) {
      return read.services(new LiveAccount(new Preview(aws)), begun);
    } catch (Unanswered e) {
      return read.services(Account.UNASKED, begun);
    }
  }

  private int tell(List<Report> reports) throws IOException {
    write(json, PreflightReport.json(reports));
    write(html, HtmlReport.of(PreflightReport.worst(reports)));
    PrintWriter out = spec.commandLine().getOut();
    PreflightReport.lines(reports).forEach(out::println);
    out.flush();
    Verdict verdict = PreflightReport.worst(reports).verdict();
    return switch (verdict) {
      case PASS -> VerifyCommand.VERIFIED;
      case FAIL -> VerifyCommand.FAILED;
      case UNKNOWN -> VerifyCommand.UNANSWERED;
    };
  }

  private Duration since(Instant begun) {
    return Duration.between(begun, time.instant());
  }

  private int unanswered(Unanswered e) {
    return say(Messages.unanswered(e, AwsClients.endpoint()), VerifyCommand.UNANSWERED);
  }

  private static Message nothingNamed() {
    return new Message(
        "preflight needs a rollout to look at",
        "expected --plan, or --cluster and --service, or --task-definition with --subnets",
        "an option is missing, or an empty variable in a script",
        List.of(
            "slipway preflight --plan plan.json",
            "slipway preflight --cluster NAME --service NAME",
            "slipway preflight --cluster NAME --task-definition FAMILY --subnets ID,ID --security-groups ID"));
  }

  private Message badPlan(Exception problem) {
    return new Message(
        "--plan %s cannot be read".formatted(plan),
        "expected what terraform show -json prints of a plan; "
            + (problem instanceof BadPlan ? problem.getMessage() : "the file cannot be opened"),
        problem instanceof BadPlan
            ? "the plan itself or a state was given, and not its JSON"
            : "a typing error, or terraform show was not run",
        List.of("terraform plan -out=tfplan", "terraform show -json tfplan >plan.json"));
  }

  private Message noService() {
    return new Message(
        "--plan %s has no ECS service".formatted(plan),
        "expected at least one aws_ecs_service that is there after the apply; found none",
        "it is the plan of another root module, or it destroys everything",
        List.of("terraform show tfplan"));
  }

  private static void write(Path file, String text) throws IOException {
    if (file == null) {
      return;
    }
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
    Files.writeString(file, text);
  }

  private int say(Message message, int code) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message.text());
    err.flush();
    return code;
  }
}

package dev.slipway.validation;

import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Waiter;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.sweep.Sweep;
import dev.slipway.validation.sweep.SweepReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slipway sweep}: what is left in this account and region? */
@Command(
    name = "sweep",
    sortOptions = false,
    description =
        "Look over the whole account and region for what costs money or stands in the way.",
    footer = "Exit code: 0 nothing is left, 1 something is, 2 wrong use, 3 AWS could not be asked.")
public final class SweepCommand implements Callable<Integer> {

  @Option(names = "--json", paramLabel = "FILE", description = "Write the findings as JSON.")
  private Path json;

  @Option(
      names = "--tag",
      paramLabel = "KEY=VALUE",
      description = "Only what carries this tag; may be repeated.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--ignore",
      paramLabel = "TYPE",
      description = "A kind of resource not to look for; may be repeated.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--wait",
      converter = DurationConverter.class,
      description = "How long to wait for what is going away by itself (default 2m).")
  private Duration patience = Duration.ofMinutes(2);

  @Option(names = "--region", description = "The region; else the environment's or profile's.")
  private String region = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Quiet.libraries();
    for (String type : ignored) {
      if (!Sweep.types().contains(type)) {
        return say(unknownType(type), VerifyCommand.WRONG_USE);
      }
    }
    for (String tag : tags) {
      if (!tag.matches("[^=]+=.*")) {
        return say(badTag(tag), VerifyCommand.WRONG_USE);
      }
    }
    try (Aws aws = AwsClients.of(region)) {
      Sweep sweep = new Sweep(aws, InstantSource.system(), Waiter.REAL);
      return tell(sweep.run(Set.copyOf(ignored), tags, patience));
    } catch (Unanswered e) {
      String endpoint = AwsClients.endpoint();
      return say(Messages.unanswered(e, endpoint), VerifyCommand.UNANSWERED);
    }
  }

  private int tell(Sweep.Findings findings) throws IOException {
    if (json != null) {
      if (json.toAbsolutePath().getParent() != null) {
        Files.createDirectories(json.toAbsolutePath().getParent());
      }
      Files.writeString(json, SweepReport.json(findings));
    }
    PrintWriter out = spec.commandLine().getOut();
    SweepReport.lines(findings).forEach(out::println);
    out.flush();
    if (!findings.found().isEmpty()) {
      return VerifyCommand.FAILED;
    }
    return findings.gaps().isEmpty() ? VerifyCommand.VERIFIED : VerifyCommand.UNANSWERED;
  }

  private static Message unknownType(String type) {
    return new Message(
        "--ignore cannot be used",
        "expected one of " + String.join(", ", Sweep.types()) + "; got " + type,
        "a typing error",
        List.of("slipway sweep --ignore log-group"));
  }

  private static Message badTag(String tag) {
    return new Message(
        "--tag cannot be used",
        "expected key=value; got " + tag,
        "the value is missing",
        List.of("slipway sweep --tag project=slipway"));
  }

  private int say(Message message, int code) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(message.text());
    err.flush();
    return code;
  }
}

package dev.slipway.validation;

import dev.slipway.validation.settings.Places;
import dev.slipway.validation.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command an option for every setting, and for the places where settings may stand. */
final class SettingOptions implements IModelTransformer {

  @Override
  public CommandSpec transform(CommandSpec command) {
    for (Setting setting : Setting.values()) {
      command.addOption(
          setting.bare().isEmpty()
              ? option(setting.flag(), setting.label(), setting.description(), setting.pairs())
              : OptionSpec.builder(setting.flag())
                  .paramLabel(setting.label())
                  .arity("0..1")
                  .fallbackValue(setting.bare())
                  .type(String.class)
                  .description(setting.description())
                  .build());
    }
    command.addOption(
        option(
            "--services-file",
            "FILE",
            "A YAML or JSON list of services, each with what is wanted of it.",
            false));
    command.addOption(
        OptionSpec.builder("--all")
            .arity("0")
            .type(boolean.class)
            .description("Verify every service of the cluster.")
            .build());
    command.addOption(
        OptionSpec.builder("--thorough")
            .arity("0")
            .type(boolean.class)
            .description("Give every one of several services all checks, at more API calls.")
            .build());
    command.addOption(
        option("--config", "FILE", "A YAML or JSON file with any of these settings.", false));
    command.addOption(
        option(
            "--terraform-output",
            "FILE",
            "The answer of terraform output -json; - for standard input.",
            false));
    return command;
  }

  /** Flags of a parsed command before the environment, and the files that these name. */
  static Places places(CommandSpec command) {
    ParseResult parsed = command.commandLine().getParseResult();
    return new Places(
        word ->
            parsed.hasMatchedOption("--" + word)
                ? parsed.matchedOption("--" + word).arity().max() == 0
                    ? "true"
                    : String.join("\n", parsed.matchedOption("--" + word).originalStringValues())
                : null,
        word -> "--" + word,
        System.getenv(),
        Path.of(""),
        System.in);
  }

  private static OptionSpec option(
      String flag, String label, String description, boolean repeated) {
    OptionSpec.Builder option =
        OptionSpec.builder(flag).paramLabel(label).arity("1").description(description);
    return repeated
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }
}

package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import software.amazon.awssdk.services.ssm.model.DeleteParameterRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParameterResponse;
import software.amazon.awssdk.services.ssm.model.DeleteParametersRequest;
import software.amazon.awssdk.services.ssm.model.DeleteParametersResponse;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.ssm.model.PutParameterResponse;

/** Writes parameters. Source: SSM API reference, PutParameter. */
final class ParameterWriteApi {

  private static final Pattern NAME = Pattern.compile("/?[a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*");
  private static final int STANDARD_SIZE = 4096;
  private static final int ADVANCED_SIZE = 8192;

  private final World world;
  private final ParameterTables tables;

  ParameterWriteApi(World world, ParameterTables tables) {
    this.world = world;
    this.tables = tables;
  }

  public PutParameterResponse put(PutParameterRequest request) {
    String name = checkedName(request.name());
    Optional<ParameterRow> old = tables.current().find(name);
    if (old.isPresent() && !Boolean.TRUE.equals(request.overwrite())) {
      throw AwsError.of(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    if (request.policies() != null && !request.policies().isEmpty()) {
      throw AwsError.of("ValidationException", "parameter policies are not supported by the twin");
    }
    if (old.isPresent() && !request.tags().isEmpty()) {
      throw AwsError.of(
          "ValidationException",
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    ParameterRow row = row(name, old, request);
    tables.put(row);
    if (old.isEmpty()) {
      Map<String, String> tags = new LinkedHashMap<>();
      request.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
      tables.tags().put(name, Collections.unmodifiableMap(tags));
    }
    return PutParameterResponse.builder().version(row.version()).tier(row.tier()).build();
  }

  private ParameterRow row(String name, Optional<ParameterRow> old, PutParameterRequest request) {
    ParameterType type =
        Optional.ofNullable(request.type())
            .or(() -> old.map(ParameterRow::type))
            .orElseThrow(() ->
                AwsError.of(
                    "ValidationException",
                    "A parameter type is required when you create a parameter."));
    ParameterTier tier = tier(request);
    checkValue(request, tier);
    boolean secure = type == ParameterType.SECURE_STRING;
    return new ParameterRow(
        name,
        world.arn("ssm", "parameter" + (name.startsWith("/") ? name : "/" + name)),
        type,
        request.value(),
        old.map(row -> row.version() + 1).orElse(1L),
        world.now(),
        Caller.current(world.account()).arn(),
        request.description() != null
            ? request.description()
            : old.map(ParameterRow::description).orElse(null),
        secure ? Optional.ofNullable(request.keyId()).orElse("alias/aws/ssm") : null,
        request.allowedPattern(),
        Optional.ofNullable(request.dataType()).orElse("text"),
        tier);
  }

  private static ParameterTier tier(PutParameterRequest request) {
    if (request.tier() != null && request.tier() != ParameterTier.INTELLIGENT_TIERING) {
      return request.tier();
    }
    boolean large = request.tier() != null && request.value().length() > STANDARD_SIZE;
    return large ? ParameterTier.ADVANCED : ParameterTier.STANDARD;
  }

  private static void checkValue(PutParameterRequest request, ParameterTier tier) {
    int limit = tier == ParameterTier.ADVANCED ? ADVANCED_SIZE : STANDARD_SIZE;
    if (request.value() == null || request.value().isEmpty()) {
      throw AwsError.of(
          "ValidationException",
          "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member"
              + " must have length greater than or equal to 1.");
    }
    if (request.value().length() > limit) {
      throw AwsError.of(
          "ValidationException",
          tier == ParameterTier.ADVANCED
              ? "Advanced tier parameters support a maximum parameter value of 8192 characters."
              : "Standard tier parameters support a maximum parameter value of 4096 characters. To"
                  + " create a larger parameter value, upgrade the parameter to use the"
                  + " advanced-parameter tier. For more information, see"
                  + " https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html");
    }
    String pattern = request.allowedPattern();
    if (pattern != null && !allowed(pattern).matcher(request.value()).matches()) {
      throw AwsError.of(
          "ParameterPatternMismatchException",
          "Parameter value, cannot be validated against allowedPattern: " + pattern);
    }
  }

  private static Pattern allowed(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw AwsError.of(
          "InvalidAllowedPatternException", "The allowed pattern is not valid: " + pattern);
    }
  }

  public DeleteParameterResponse delete(DeleteParameterRequest request) {
    if (!tables.remove(tables.nameOf(request.name()))) {
      throw AwsError.of("ParameterNotFound", "");
    }
    return DeleteParameterResponse.builder().build();
  }

  public DeleteParametersResponse delete(DeleteParametersRequest request) {
    List<String> deleted = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : request.names()) {
      (tables.remove(tables.nameOf(name)) ? deleted : invalid).add(name);
    }
    return DeleteParametersResponse.builder()
        .deletedParameters(deleted)
        .invalidParameters(invalid)
        .build();
  }

  private static String checkedName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw AwsError.of(
          "ValidationException",
          "Parameter name must be a fully qualified name of letters, numbers and .-_ , its levels"
              + " divided by /: "
              + name);
    }
    String first = name.replaceFirst("^/", "").toLowerCase(Locale.ROOT);
    if (first.startsWith("aws") || first.startsWith("ssm")) {
      throw AwsError.of(
          "ValidationException",
          "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }
    return name;
  }
}

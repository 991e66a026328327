package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParametersFilter;

/** Reads parameters. Source: SSM API reference. */
final class ParameterReadApi {

  private final ParameterTables tables;

  ParameterReadApi(ParameterTables tables) {
    this.tables = tables;
  }

  public GetParameterResponse get(GetParameterRequest request) {
    return GetParameterResponse.builder()
        .parameter(
            tables
                .require(request.name())
                .parameter(
                    Boolean.TRUE.equals(request.withDecryption()),
                    ParameterTables.selector(request.name())))
        .build();
  }

  public GetParametersResponse get(GetParametersRequest request) {
    List<Parameter> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : request.names()) {
      Optional<ParameterRow> row = tables.find(name);
      row.ifPresentOrElse(
          it ->
              found.add(
                  it.parameter(
                      Boolean.TRUE.equals(request.withDecryption()),
                      ParameterTables.selector(name))),
          () -> invalid.add(name));
    }
    return GetParametersResponse.builder().parameters(found).invalidParameters(invalid).build();
  }

  public GetParametersByPathResponse byPath(GetParametersByPathRequest request) {
    if (!request.parameterFilters().isEmpty()) {
      throw AwsError.of(
          "InvalidFilterKey", "filters of GetParametersByPath are not supported by the twin");
    }
    String asked = Parameters.required(request.path(), "ValidationException", "path");
    String path = asked.endsWith("/") ? asked : asked + "/";
    boolean deep = Boolean.TRUE.equals(request.recursive());
    List<Parameter> found =
        tables
            .current()
            .where(row ->
                row.name().startsWith(path) && (deep || row.name().indexOf('/', path.length()) < 0))
            .stream()
            .sorted(Comparator.comparing(ParameterRow::name))
            .map(row -> row.parameter(Boolean.TRUE.equals(request.withDecryption()), null))
            .toList();
    Page<Parameter> page = Page.of(found, request.nextToken(), request.maxResults(), 10);
    return GetParametersByPathResponse.builder()
        .parameters(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  public DescribeParametersResponse describe(DescribeParametersRequest request) {
    List<ParameterMetadata> found =
        tables.current().where(row -> matches(row, request)).stream()
            .map(ParameterRow::metadata)
            .toList();
    Page<ParameterMetadata> page = Page.of(found, request.nextToken(), request.maxResults(), 50);
    return DescribeParametersResponse.builder()
        .parameters(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  public GetParameterHistoryResponse history(GetParameterHistoryRequest request) {
    String name = tables.require(request.name()).name();
    List<ParameterHistory> found =
        tables.versionsOf(name).stream()
            .map(row -> history(row, Boolean.TRUE.equals(request.withDecryption())))
            .toList();
    Page<ParameterHistory> page = Page.of(found, request.nextToken(), request.maxResults(), 50);
    return GetParameterHistoryResponse.builder()
        .parameters(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static ParameterHistory history(ParameterRow row, boolean decrypted) {
    return ParameterHistory.builder()
        .name(row.name())
        .type(row.type())
        .value(row.value(decrypted))
        .version(row.version())
        .lastModifiedDate(row.modified())
        .lastModifiedUser(row.by())
        .description(row.description())
        .keyId(row.keyId())
        .allowedPattern(row.allowedPattern())
        .dataType(row.dataType())
        .tier(row.tier())
        .labels(List.of())
        .build();
  }

  private boolean matches(ParameterRow row, DescribeParametersRequest request) {
    return request.parameterFilters().stream().allMatch(filter -> matches(row, filter))
        && request.filters().stream().allMatch(filter -> matches(row, filter));
  }

  private static boolean matches(ParameterRow row, ParametersFilter filter) {
    return filter.values().stream()
        .anyMatch(value ->
            switch (Parameters.required(filter.keyAsString(), "ValidationException", "key")) {
              case "Name" -> row.name().startsWith(value);
              case "Type" -> row.type().toString().equals(value);
              default -> value.equals(row.keyId());
            });
  }

  private boolean matches(ParameterRow row, ParameterStringFilter filter) {
    String option = filter.option() == null ? "Equals" : filter.option();
    return filter.values().stream().anyMatch(value -> test(row, filter.key(), option, value));
  }

  private boolean test(ParameterRow row, String key, String option, String value) {
    if (Parameters.required(key, "ValidationException", "key").startsWith("tag:")) {
      return value.equals(
          tables.tags().find(row.name()).orElseThrow().get(key.substring("tag:".length())));
    }
    return switch (key) {
      case "Name" -> text(row.name(), option, value);
      case "Type" -> text(row.type().toString(), option, value);
      case "KeyId" -> row.keyId() != null && text(row.keyId(), option, value);
      case "Tier" -> text(row.tier().toString(), option, value);
      case "DataType" -> text(row.dataType(), option, value);
      case "Path" -> isUnder(row.name(), option, value);
      default -> throw AwsError.of("InvalidFilterKey", "The specified key isn't valid: " + key);
    };
  }

  private static boolean isUnder(String name, String option, String path) {
    String prefix = path.endsWith("/") ? path : path + "/";
    return name.startsWith(prefix)
        && (option.equals("Recursive") || name.indexOf('/', prefix.length()) < 0);
  }

  private static boolean text(String actual, String option, String value) {
    return switch (option) {
      case "Equals" -> actual.equals(value);
      case "BeginsWith" -> actual.startsWith(value);
      case "Contains" -> actual.contains(value);
      default ->
          throw AwsError.of(
              "InvalidFilterOption", "The specified filter option isn't valid: " + option);
    };
  }
}

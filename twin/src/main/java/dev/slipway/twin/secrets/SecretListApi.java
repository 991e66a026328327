package dev.slipway.twin.secrets;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretVersionIdsResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretVersionsListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** What secrets there are. Source: Secrets Manager API reference. */
final class SecretListApi {

  private final SecretTables tables;

  SecretListApi(SecretTables tables) {
    this.tables = tables;
  }

  public DescribeSecretResponse describe(DescribeSecretRequest request) {
    SecretListEntry secret = tables.require(request.secretId());
    return DescribeSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .description(secret.description())
        .kmsKeyId(secret.kmsKeyId())
        .createdDate(secret.createdDate())
        .lastChangedDate(secret.lastChangedDate())
        .lastAccessedDate(secret.lastAccessedDate())
        .deletedDate(secret.deletedDate())
        .tags(secret.tags().isEmpty() ? null : secret.tags())
        .versionIdsToStages(tables.stages(secret.arn()))
        .build();
  }

  public ListSecretsResponse list(ListSecretsRequest request) {
    boolean all = Boolean.TRUE.equals(request.includePlannedDeletion());
    List<SecretListEntry> found =
        tables.all().stream()
            .filter(secret -> all || secret.deletedDate() == null)
            .filter(secret -> request.filters().stream().allMatch(f -> matches(secret, f)))
            .map(secret ->
                secret.toBuilder().secretVersionsToStages(tables.stages(secret.arn())).build())
            .toList();
    Page<SecretListEntry> page = Page.of(found, request.nextToken(), request.maxResults(), 100);
    return ListSecretsResponse.builder()
        .secretList(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  public ListSecretVersionIdsResponse versions(ListSecretVersionIdsRequest request) {
    SecretListEntry secret = tables.require(request.secretId());
    boolean all = Boolean.TRUE.equals(request.includeDeprecated());
    List<SecretVersionsListEntry> versions =
        tables.versionsOf(secret.arn()).stream()
            .filter(version -> all || !version.stages().isEmpty())
            .map(version ->
                SecretVersionsListEntry.builder()
                    .versionId(version.id())
                    .versionStages(version.stages())
                    .createdDate(version.created())
                    .build())
            .toList();
    Page<SecretVersionsListEntry> page =
        Page.of(versions, request.nextToken(), request.maxResults(), 100);
    return ListSecretVersionIdsResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versions(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** Values match as prefixes, without case but for names; one with {@code !} must not match. */
  private static boolean matches(SecretListEntry secret, Filter filter) {
    return filter.values().stream()
        .anyMatch(value ->
            value.startsWith("!")
                ? !starts(secret, filter, value.substring(1))
                : starts(secret, filter, value));
  }

  private static boolean starts(SecretListEntry secret, Filter filter, String value) {
    Stream<String> texts =
        switch (Parameters.required(filter.keyAsString(), "ValidationException", "key")) {
          case "name" -> Stream.of(secret.name());
          case "description" -> Stream.ofNullable(secret.description());
          case "tag-key" -> secret.tags().stream().map(Tag::key);
          case "tag-value" -> secret.tags().stream().map(Tag::value);
          default ->
              throw AwsError.of(
                  "InvalidParameterException",
                  "the filter " + filter.keyAsString() + " is not supported by the twin");
        };
    boolean exact = filter.keyAsString().equals("name");
    String wanted = exact ? value : value.toLowerCase(Locale.ROOT);
    return texts.anyMatch(
        text -> (exact ? text : text.toLowerCase(Locale.ROOT)).startsWith(wanted));
  }
}

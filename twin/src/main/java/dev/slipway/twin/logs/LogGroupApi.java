package dev.slipway.twin.logs;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroupClass;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;

/** Log groups. Source: CloudWatch Logs API reference. */
final class LogGroupApi {

  private static final Pattern NAME = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  private static final Set<Integer> RETENTIONS =
      new TreeSet<>(
          List.of(
              1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
              2922, 3288, 3653));

  private final LogStore store;

  LogGroupApi(LogStore store) {
    this.store = store;
  }

  public CreateLogGroupResponse create(CreateLogGroupRequest request) {
    String name = request.logGroupName();
    if (name == null || !NAME.matcher(name).matches()) {
      throw Logs.invalid(
          ("1 validation error detected: Value '%s' at 'logGroupName' failed to satisfy constraint:"
                  + " Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+")
              .formatted(name));
    }
    if (store.groups().contains(name)) {
      throw AwsError.of("ResourceAlreadyExistsException", "The specified log group already exists");
    }
    LogGroup group =
        LogGroup.builder()
            .logGroupName(name)
            .creationTime(store.now())
            .metricFilterCount(0)
            .arn(store.arn("log-group:" + name + ":*"))
            .logGroupArn(store.arn("log-group:" + name))
            .logGroupClass(
                request.logGroupClassAsString() == null
                    ? LogGroupClass.STANDARD.toString()
                    : request.logGroupClassAsString())
            .kmsKeyId(request.kmsKeyId())
            .deletionProtectionEnabled(Boolean.TRUE.equals(request.deletionProtectionEnabled()))
            .build();
    store.groups().put(name, group);
    store.tags().put(name, Collections.unmodifiableMap(new LinkedHashMap<>(request.tags())));
    return CreateLogGroupResponse.builder().build();
  }

  public DeleteLogGroupResponse delete(DeleteLogGroupRequest request) {
    LogGroup group = store.requireGroup(request.logGroupName());
    if (Boolean.TRUE.equals(group.deletionProtectionEnabled())) {
      throw AwsError.of("OperationAbortedException", "The log group is protected against deletion");
    }
    store.removeGroup(request.logGroupName());
    return DeleteLogGroupResponse.builder().build();
  }

  public DescribeLogGroupsResponse describe(DescribeLogGroupsRequest request) {
    if (request.hasAccountIdentifiers() || Boolean.TRUE.equals(request.includeLinkedAccounts())) {
      throw Logs.invalid("linked accounts are not supported by the twin");
    }
    List<LogGroup> found =
        store.groups().where(group -> matches(group, request)).stream()
            .sorted(Comparator.comparing(LogGroup::logGroupName))
            .toList();
    Page<LogGroup> page = Page.of(found, request.nextToken(), request.limit(), 50);
    return DescribeLogGroupsResponse.builder()
        .logGroups(page.items().stream().map(this::withSize).toList())
        .nextToken(page.nextToken())
        .build();
  }

  public PutRetentionPolicyResponse putRetention(PutRetentionPolicyRequest request) {
    store.requireGroup(request.logGroupName());
    int days =
        Parameters.required(
            request.retentionInDays(), "InvalidParameterException", "retentionInDays");
    if (!RETENTIONS.contains(days)) {
      throw Logs.invalid(
          ("1 validation error detected: Value '%s' at 'retentionInDays' failed to satisfy"
                  + " constraint: Member must satisfy enum value set: %s")
              .formatted(days, RETENTIONS));
    }
    setRetention(request.logGroupName(), days);
    return PutRetentionPolicyResponse.builder().build();
  }

  public DeleteRetentionPolicyResponse deleteRetention(DeleteRetentionPolicyRequest request) {
    store.requireGroup(request.logGroupName());
    setRetention(request.logGroupName(), null);
    return DeleteRetentionPolicyResponse.builder().build();
  }

  private void setRetention(String name, Integer days) {
    store.groups().update(name, group -> group.toBuilder().retentionInDays(days).build());
  }

  private static boolean matches(LogGroup group, DescribeLogGroupsRequest request) {
    String name = group.logGroupName();
    String pattern = request.logGroupNamePattern();
    return (request.logGroupNamePrefix() == null || name.startsWith(request.logGroupNamePrefix()))
        && (pattern == null
            || name.toLowerCase(Locale.ROOT).contains(pattern.toLowerCase(Locale.ROOT)))
        && (request.logGroupClassAsString() == null
            || request.logGroupClassAsString().equals(group.logGroupClassAsString()))
        && (!request.hasLogGroupIdentifiers()
            || request.logGroupIdentifiers().stream().map(LogStore::nameOf).anyMatch(name::equals));
  }

  private LogGroup withSize(LogGroup group) {
    return group.toBuilder().storedBytes(store.bytes(group.logGroupName())).build();
  }
}

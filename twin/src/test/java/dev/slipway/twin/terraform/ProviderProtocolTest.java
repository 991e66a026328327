package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DeleteLogGroupResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.PutRetentionPolicyResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.TagResourceResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.UntagResourceResponse;

/** The plugin protocol with the real Terraform, over a service of a few lines. */
class ProviderProtocolTest {

  /** Log groups and nothing else. */
  public static final class FewLogs {
    final Map<String, LogGroup> groups = new LinkedHashMap<>();
    final Map<String, Map<String, String>> tags = new HashMap<>();

    public CreateLogGroupResponse createLogGroup(CreateLogGroupRequest request) {
      if (request.logGroupName().contains("forbidden")) {
        throw AwsError.of("InvalidParameterException", "no such luck");
      }
      LogGroup group = LogGroup.builder().logGroupName(request.logGroupName()).build();
      groups.put(request.logGroupName(), group);
      tags.put(request.logGroupName(), new HashMap<>(request.tags()));
      return CreateLogGroupResponse.builder().build();
    }

    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
      return DescribeLogGroupsResponse.builder().logGroups(groups.values()).build();
    }

    public ListTagsForResourceResponse listTags(ListTagsForResourceRequest request) {
      return ListTagsForResourceResponse.builder().tags(tagsOf(request.resourceArn())).build();
    }

    public PutRetentionPolicyResponse putRetention(PutRetentionPolicyRequest request) {
      groups.computeIfPresent(
          request.logGroupName(),
          (name, group) -> group.toBuilder().retentionInDays(request.retentionInDays()).build());
      return PutRetentionPolicyResponse.builder().build();
    }

    public TagResourceResponse tag(TagResourceRequest request) {
      tagsOf(request.resourceArn()).putAll(request.tags());
      return TagResourceResponse.builder().build();
    }

    public UntagResourceResponse untag(UntagResourceRequest request) {
      tagsOf(request.resourceArn()).keySet().removeAll(request.tagKeys());
      return UntagResourceResponse.builder().build();
    }

    public DeleteLogGroupResponse delete(DeleteLogGroupRequest request) {
      groups.remove(request.logGroupName());
      return DeleteLogGroupResponse.builder().build();
    }

    private Map<String, String> tagsOf(String arn) {
      return tags.get(arn.substring(arn.indexOf("log-group:") + 10));
    }
  }

  private final FewLogs logs = new FewLogs();
  private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  private World world;
  private TerraformProviderServer provider;
  private TerraformRun terraform;

  @BeforeEach
  void attach(@TempDir Path directory) throws Exception {
    assumeTrue(TerraformRun.binary().isPresent(), "no terraform on the PATH");
    world = new World("123456789012", "eu-west-1", clock, new Ids(new Random(1)));
    world.operations().register(logs);
    provider =
        new TerraformProviderServer((account, region) -> world, clock, "us-east-1", "0".repeat(12));
    provider.start();
    terraform = new TerraformRun(directory, provider);
  }

  @AfterEach
  void detach() {
    if (provider != null) {
      terraform.close();
      provider.close();
    }
  }

  @Test
  void appliesAndThenPlansNoChange() {
    terraform.config(group("/a", "retention_in_days = 14\n tags = { team = \"x\" }"));
    terraform.succeed("init", "-no-color");
    terraform.apply();

    assertThat(logs.groups.get("/a").retentionInDays()).isEqualTo(14);
    assertThat(logs.tags.get("/a")).containsOnlyKeys("project", "env", "team");
    assertThat(terraform.plan().exitCode()).isZero();
    assertThat(terraform.values("aws_cloudwatch_log_group.g").path("tags").size()).isOne();
  }

  @Test
  void updatesInPlaceWhatCanBeUpdated() {
    terraform.config(group("/a", "retention_in_days = 14\n tags = { team = \"x\" }"));
    terraform.apply();

    terraform.config(group("/a", "retention_in_days = 7\n tags = { owner = \"y\" }"));
    assertThat(terraform.apply().output()).contains("0 added, 1 changed, 0 destroyed");

    assertThat(logs.groups.get("/a").retentionInDays()).isEqualTo(7);
    assertThat(logs.tags.get("/a")).containsOnlyKeys("project", "env", "owner");
    assertThat(terraform.plan().exitCode()).isZero();
  }

  @Test
  void replacesWhatCannotBeUpdated() {
    terraform.config(group("/a", ""));
    terraform.apply();

    terraform.config(group("/b", ""));
    assertThat(terraform.apply().output()).contains("1 added, 0 changed, 1 destroyed");

    assertThat(logs.groups).containsOnlyKeys("/b");
  }

  @Test
  void importsAndThenPlansNoChange() {
    logs.createLogGroup(
        CreateLogGroupRequest.builder()
            .logGroupName("/a")
            .tags(Map.of("project", "probe", "env", "twin"))
            .build());
    terraform.config(group("/a", ""));

    terraform.succeed("import", "aws_cloudwatch_log_group.g", "/a");

    assertThat(terraform.plan().exitCode()).isZero();
  }

  @Test
  void destroysEverything() {
    terraform.config(group("/a", ""));
    terraform.apply();

    terraform.destroy();

    assertThat(logs.groups).isEmpty();
  }

  @Test
  void plansToCreateAgainWhatSomebodyDeleted() {
    terraform.config(group("/a", ""));
    terraform.apply();
    logs.groups.clear();

    TerraformRun.Result plan = terraform.plan();

    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(plan.output()).contains("1 to add");
  }

  @Test
  void reportsARefusalInTheProvidersWords() {
    terraform.config(group("/forbidden", ""));

    TerraformRun.Result applied = terraform.run("apply", "-auto-approve", "-no-color");

    assertThat(applied.exitCode()).isOne();
    assertThat(applied.output().replaceAll("\\s+│?\\s*", " "))
        .contains("operation error CloudWatch Logs: CreateLogGroup")
        .contains("api error InvalidParameterException: no such luck");
  }

  @Test
  void refusesAttributesThatExcludeEachOther() {
    terraform.config(group("/a", "name_prefix = \"x\""));

    assertThat(terraform.run("validate", "-no-color").output())
        .contains("Conflicting configuration arguments");
  }

  private static String group(String name, String more) {
    return """
    resource "aws_cloudwatch_log_group" "g" {
      name = "%s"
      %s
    }
    """
        .formatted(name, more);
  }
}

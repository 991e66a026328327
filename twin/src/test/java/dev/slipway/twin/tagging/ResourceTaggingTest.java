package dev.slipway.twin.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.acm.Acm;
import dev.slipway.twin.cloudwatch.CloudWatch;
import dev.slipway.twin.ec2.Ec2;
import dev.slipway.twin.kms.Kms;
import dev.slipway.twin.logs.Logs;
import dev.slipway.twin.s3.S3;
import dev.slipway.twin.secrets.ParameterStore;
import dev.slipway.twin.secrets.SecretsManager;
import dev.slipway.twin.sns.Sns;
import dev.slipway.twin.wafv2.Wafv2;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.model.RequestCertificateRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.CreateLogGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagKeysResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetTagValuesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutBucketTaggingRequest;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretRequest;
import software.amazon.awssdk.services.sns.model.CreateTopicRequest;
import software.amazon.awssdk.services.sns.model.Tag;
import software.amazon.awssdk.services.ssm.model.PutParameterRequest;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclRequest;

class ResourceTaggingTest {

  private static final String SNS = "arn:aws:sns:eu-west-1:111122223333:";
  private static final String LOGS = "arn:aws:logs:eu-west-1:111122223333:log-group:";

  private World world;
  private ResourceTagging tagging;

  @BeforeEach
  void makeThingsInSeveralServices() {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    world = new World("111122223333", "eu-west-1", clock, new Ids(new SplittableRandom(1)));
    new CloudWatch(world).register();
    new Ec2(world).register();
    new Logs(world).register();
    new Sns(world).register();
    tagging = new ResourceTagging(world);
    tagging.register();
    topic("red", Map.of("stack", "a", "colour", "red"));
    topic("blue", Map.of("stack", "b", "colour", "blue"));
    topic("bare", Map.of());
    world
        .operations()
        .invoke(
            CreateLogGroupRequest.builder().logGroupName("g").tags(Map.of("stack", "a")).build());
    TagSpecification tags =
        TagSpecification.builder()
            .resourceType(ResourceType.VPC)
            .tags(
                software.amazon.awssdk.services.ec2.model.Tag.builder()
                    .key("stack")
                    .value("a")
                    .build())
            .build();
    world
        .operations()
        .invoke(
            CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").tagSpecifications(tags).build());
  }

  @Test
  void findsCertificatesKeysBucketsParametersAndWebAcls() {
    new Acm(world).register();
    new Kms(world).register();
    new S3(world, world).register();
    new ParameterStore(world).register();
    new Wafv2(world).register();
    var operations = world.operations();
    operations.invoke(
        RequestCertificateRequest.builder()
            .domainName("example.org")
            .validationMethod("DNS")
            .tags(t -> t.key("stack").value("z"))
            .build());
    operations.invoke(
        CreateKeyRequest.builder().tags(t -> t.tagKey("stack").tagValue("z")).build());
    operations.invoke(
        CreateBucketRequest.builder()
            .bucket("z-state")
            .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))
            .build());
    operations.invoke(
        PutBucketTaggingRequest.builder()
            .bucket("z-state")
            .tagging(t -> t.tagSet(s -> s.key("stack").value("z")))
            .build());
    operations.invoke(
        PutParameterRequest.builder()
            .name("/z")
            .type("String")
            .value("v")
            .tags(t -> t.key("stack").value("z"))
            .build());
    operations.invoke(
        CreateWebAclRequest.builder()
            .name("z")
            .scope("REGIONAL")
            .defaultAction(a -> a.allow(b -> {}))
            .visibilityConfig(
                v -> v.metricName("z").sampledRequestsEnabled(true).cloudWatchMetricsEnabled(true))
            .tags(t -> t.key("stack").value("z"))
            .build());

    assertThat(arns(r -> r.tagFilters(filter("stack", "z"))))
        .extracting(arn -> arn.split(":")[2])
        .containsExactlyInAnyOrder("acm", "kms", "s3", "ssm", "wafv2");
  }

  @Test
  void findsByTagOverAllServices() {
    assertThat(arns(r -> r.tagFilters(filter("stack", "a"))))
        .hasSize(3)
        .contains(SNS + "red", LOGS + "g")
        .anyMatch(arn -> arn.startsWith("arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-"));
  }

  @Test
  void allFiltersMustMatchAndAnyOfTheirValuesWill() {
    assertThat(arns(r -> r.tagFilters(filter("stack", "a", "b"), filter("colour"))))
        .containsExactly(SNS + "blue", SNS + "red");
    assertThat(arns(r -> r.tagFilters(filter("stack", "a"), filter("colour", "blue")))).isEmpty();
  }

  @Test
  void findsSecrets() {
    new SecretsManager(world).register();
    world
        .operations()
        .invoke(
            CreateSecretRequest.builder()
                .name("db")
                .tags(t -> t.key("stack").value("secret"))
                .build());

    assertThat(arns(r -> r.tagFilters(filter("stack", "secret"))))
        .singleElement()
        .asString()
        .startsWith("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-");
  }

  @Test
  void leavesOutWhatHasNoTags() {
    assertThat(arns(r -> r.resourceTypeFilters("sns"))).containsExactly(SNS + "blue", SNS + "red");
  }

  @Test
  void knowsTypesWithinAService() {
    assertThat(arns(r -> r.resourceTypeFilters("logs:log-group"))).containsExactly(LOGS + "g");
    assertThat(arns(r -> r.resourceTypeFilters("ec2:vpc"))).hasSize(1);
    assertThat(arns(r -> r.resourceTypeFilters("ec2:subnet"))).isEmpty();
  }

  @Test
  void answersInPages() {
    tagging.add(() ->
        IntStream.range(0, 120)
            .mapToObj(i -> new TaggedResources.Tagged("arn:aws:x:::t/" + i, Map.of("k", "v"))));
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      GetResourcesResponse page = page(token);
      page.resourceTagMappingList().forEach(mapping -> seen.add(mapping.resourceARN()));
      token = page.paginationToken();
    } while (!token.isEmpty());
    assertThat(seen).hasSize(120).doesNotHaveDuplicates();
  }

  private GetResourcesResponse page(String token) {
    return get(r -> r.tagFilters(filter("k")).paginationToken(token));
  }

  @Test
  void listsKeysAndValues() {
    assertThat(
            world
                .operations()
                .call(GetTagKeysRequest.builder().build(), GetTagKeysResponse.class)
                .tagKeys())
        .containsExactly("colour", "stack");
    assertThat(
            world
                .operations()
                .call(
                    GetTagValuesRequest.builder().key("stack").build(), GetTagValuesResponse.class)
                .tagValues())
        .containsExactly("a", "b");
  }

  @Test
  void refusesWhatCannotGoTogether() {
    assertThatThrownBy(() -> get(r -> r.resourceARNList(SNS + "red").resourcesPerPage(5)))
        .hasMessageContaining("ResourceARNList");
    assertThatThrownBy(() -> get(r -> r.paginationToken("nonsense"))).hasMessageContaining("token");
  }

  private List<String> arns(Consumer<GetResourcesRequest.Builder> change) {
    return get(change).resourceTagMappingList().stream()
        .map(ResourceTagMapping::resourceARN)
        .toList();
  }

  private GetResourcesResponse get(Consumer<GetResourcesRequest.Builder> change) {
    GetResourcesRequest.Builder request = GetResourcesRequest.builder();
    change.accept(request);
    return world.operations().call(request.build(), GetResourcesResponse.class);
  }

  private void topic(String name, Map<String, String> tags) {
    List<Tag> list =
        tags.entrySet().stream()
            .map(e -> Tag.builder().key(e.getKey()).value(e.getValue()).build())
            .toList();
    world.operations().invoke(CreateTopicRequest.builder().name(name).tags(list).build());
  }

  private static TagFilter filter(String key, String... values) {
    return TagFilter.builder().key(key).values(values).build();
  }
}

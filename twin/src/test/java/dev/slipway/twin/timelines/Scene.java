package dev.slipway.twin.timelines;

import static org.awaitility.Awaitility.await;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ec2.model.AttachInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.AuthorizeSecurityGroupIngressRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayRequest;
import software.amazon.awssdk.services.ec2.model.CreateInternetGatewayResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupRequest;
import software.amazon.awssdk.services.ec2.model.CreateSecurityGroupResponse;
import software.amazon.awssdk.services.ec2.model.CreateSubnetRequest;
import software.amazon.awssdk.services.ec2.model.CreateSubnetResponse;
import software.amazon.awssdk.services.ec2.model.CreateVpcRequest;
import software.amazon.awssdk.services.ec2.model.CreateVpcResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;

/** A whole twin with a network, a load balancer, a repository and a cluster. */
final class Scene implements AutoCloseable {

  private static final String EXECUTION =
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}\
      """;

  final World world;
  final String vpc;
  final List<String> subnets;
  final String group;
  final String balancer;
  final Instant balancerCreated;
  final String repository;
  private final Twin twin;
  final double scale;
  private final AtomicInteger tags = new AtomicInteger();

  Scene(Path directory, double scale) throws IOException {
    this.scale = scale;
    twin =
        Twin.start(
            new TwinOptions(0, scale, "eu-central-1", directory, RuntimeKind.SIMULATED, false));
    world = twin.worlds().of("000000000000", "eu-central-1");
    vpc =
        call(CreateVpcRequest.builder().cidrBlock("10.0.0.0/16").build(), CreateVpcResponse.class)
            .vpc()
            .vpcId();
    subnets = List.of(subnet("a", 1), subnet("b", 2));
    openTheNetwork();
    group = group();
    LoadBalancer made =
        call(
                CreateLoadBalancerRequest.builder()
                    .name("web")
                    .subnets(subnets)
                    .securityGroups(group)
                    .build(),
                CreateLoadBalancerResponse.class)
            .loadBalancers()
            .getFirst();
    balancer = made.loadBalancerArn();
    balancerCreated = made.createdTime();
    repository =
        call(
                CreateRepositoryRequest.builder().repositoryName("app").build(),
                CreateRepositoryResponse.class)
            .repository()
            .repositoryUri();
    invoke(
        CreateRoleRequest.builder().roleName("execution").assumeRolePolicyDocument(TRUST).build());
    invoke(AttachRolePolicyRequest.builder().roleName("execution").policyArn(EXECUTION).build());
    invoke(CreateClusterRequest.builder().clusterName("prod").build());
  }

  private String subnet(String zone, int number) {
    return call(
            CreateSubnetRequest.builder()
                .vpcId(vpc)
                .availabilityZone("eu-central-1" + zone)
                .cidrBlock("10.0." + number + ".0/24")
                .build(),
            CreateSubnetResponse.class)
        .subnet()
        .subnetId();
  }

  private void openTheNetwork() {
    String gateway =
        call(CreateInternetGatewayRequest.builder().build(), CreateInternetGatewayResponse.class)
            .internetGateway()
            .internetGatewayId();
    invoke(AttachInternetGatewayRequest.builder().vpcId(vpc).internetGatewayId(gateway).build());
    String table =
        call(
                DescribeRouteTablesRequest.builder()
                    .filters(f -> f.name("vpc-id").values(vpc))
                    .build(),
                DescribeRouteTablesResponse.class)
            .routeTables()
            .getFirst()
            .routeTableId();
    invoke(
        CreateRouteRequest.builder()
            .routeTableId(table)
            .destinationCidrBlock("0.0.0.0/0")
            .gatewayId(gateway)
            .build());
  }

  private String group() {
    String id =
        call(
                CreateSecurityGroupRequest.builder()
                    .groupName("all")
                    .description("all")
                    .vpcId(vpc)
                    .build(),
                CreateSecurityGroupResponse.class)
            .groupId();
    invoke(
        AuthorizeSecurityGroupIngressRequest.builder()
            .groupId(id)
            .ipPermissions(
                IpPermission.builder()
                    .ipProtocol("-1")
                    .ipRanges(r -> r.cidrIp("0.0.0.0/0"))
                    .build())
            .build());
    return id;
  }

  /** Pushes an image that behaves as told; returns its name. */
  String push(String behaviour) {
    String tag = "v" + tags.incrementAndGet();
    String config =
        "{\"architecture\": \"amd64\", \"os\": \"linux\","
            + " \"rootfs\": {\"type\": \"layers\", \"diff_ids\": []},"
            + " \"config\": {\"Entrypoint\": [\"serve\"], \"Env\": [\"TAG="
            + tag
            + "\", \"SLIPWAY_BEHAVIOUR="
            + behaviour.replace("\"", "\\\"")
            + "\"]}}";
    String manifest =
        "{\"schemaVersion\": 2, \"mediaType\": \"application/vnd.oci.image.manifest.v1+json\","
            + " \"config\": {\"mediaType\": \"application/vnd.oci.image.config.v1+json\","
            + " \"digest\": \""
            + upload(config)
            + "\", \"size\": "
            + config.length()
            + "}, \"layers\": []}";
    invoke(
        PutImageRequest.builder()
            .repositoryName("app")
            .imageTag(tag)
            .imageManifest(manifest)
            .build());
    return repository + ":" + tag;
  }

  private String upload(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String id =
        call(
                InitiateLayerUploadRequest.builder().repositoryName("app").build(),
                InitiateLayerUploadResponse.class)
            .uploadId();
    invoke(
        UploadLayerPartRequest.builder()
            .repositoryName("app")
            .uploadId(id)
            .partFirstByte(0L)
            .partLastByte(bytes.length - 1L)
            .layerPartBlob(SdkBytes.fromByteArray(bytes))
            .build());
    String digest = digest(bytes);
    invoke(
        CompleteLayerUploadRequest.builder()
            .repositoryName("app")
            .uploadId(id)
            .layerDigests(digest)
            .build());
    return digest;
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return world.operations().call(request, type);
  }

  void invoke(SdkRequest request) {
    world.operations().invoke(request);
  }

  /** Waits, at most a quarter of an hour of world time and a minute, until there is something. */
  <T> T awaitSome(String what, Supplier<Optional<T>> look) {
    return await(what)
        .atMost(Duration.ofSeconds(60 + (long) (900 / scale)))
        .pollInterval(Duration.ofMillis(20))
        .until(look::get, Optional::isPresent)
        .orElseThrow();
  }

  /** The world's time at which a condition, looked at every quarter of a second, came true. */
  Instant when(String what, Supplier<Boolean> condition) {
    Moment moment = new Moment(condition);
    moment.look();
    return awaitSome(what, () -> Optional.ofNullable(moment.came));
  }

  private final class Moment {
    private final Supplier<Boolean> condition;
    private volatile Instant came;

    Moment(Supplier<Boolean> condition) {
      this.condition = condition;
    }

    void look() {
      if (condition.get()) {
        came = world.now();
      } else {
        world.after(Duration.ofMillis(250), this::look);
      }
    }
  }

  @Override
  public void close() {
    twin.close();
  }
}

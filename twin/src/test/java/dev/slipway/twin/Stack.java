package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;

/** A service behind a balancer in one account of a twin, made and read with the SDK's clients. */
final class Stack {

  private static final String EXECUTION =
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}\
      """;

  private final int port;
  private final String account;

  /** The clients of an account. */
  Stack(int port, String account) {
    this.port = port;
    this.account = account;
  }

  /** A client of this account. */
  <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "secret")))
        .build();
  }

  EcsClient ecs() {
    return client(EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  ElasticLoadBalancingV2Client elb() {
    return client(
        ElasticLoadBalancingV2Client.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  EcrClient ecr() {
    return client(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  Ec2Client ec2() {
    return client(Ec2Client.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  IamClient iam() {
    return client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  /** Makes everything and waits until the service is steady. */
  void create() {
    String image = push("app", "1");
    List<String> subnets = network();
    String group = group();
    client(CloudWatchLogsClient.builder().httpClient(UrlConnectionHttpClient.create()))
        .createLogGroup(r -> r.logGroupName("/app"));
    iam().createRole(r -> r.roleName("execution").assumeRolePolicyDocument(TRUST));
    iam().attachRolePolicy(r -> r.roleName("execution").policyArn(EXECUTION));
    String definition = definition(image);
    String targets = targets(group, subnets);
    EcsClient ecs = ecs();
    ecs.createCluster(r -> r.clusterName("prod"));
    ecs.createService(r ->
        r.cluster("prod")
            .serviceName("web")
            .taskDefinition(definition)
            .desiredCount(2)
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n ->
                n.awsvpcConfiguration(v ->
                    v.subnets(subnets)
                        .securityGroups(group)
                        .assignPublicIp(AssignPublicIp.ENABLED)))
            .loadBalancers(
                l -> l.containerName("app").containerPort(5000).targetGroupArn(targets)));
    awaitSteady();
  }

  private List<String> network() {
    Ec2Client ec2 = ec2();
    String vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    String table =
        ec2.describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
            .routeTables()
            .getFirst()
            .routeTableId();
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
    return List.of("a", "b").stream()
        .map(zone ->
            ec2.createSubnet(r ->
                    r.vpcId(vpc)
                        .availabilityZone("eu-central-1" + zone)
                        .cidrBlock("10.0." + (zone.charAt(0) - 'a') + ".0/24"))
                .subnet()
                .subnetId())
        .toList();
  }

  private String group() {
    Ec2Client ec2 = ec2();
    String vpc = ec2.describeSubnets().subnets().getFirst().vpcId();
    String group =
        ec2.createSecurityGroup(r -> r.groupName("all").description("all").vpcId(vpc)).groupId();
    ec2.authorizeSecurityGroupIngress(r ->
        r.groupId(group)
            .ipPermissions(p -> p.ipProtocol("-1").ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
    return group;
  }

  private String targets(String group, List<String> subnets) {
    ElasticLoadBalancingV2Client elb = elb();
    String vpc = ec2().describeSubnets().subnets().getFirst().vpcId();
    String balancer =
        elb.createLoadBalancer(r -> r.name("web").subnets(subnets).securityGroups(group))
            .loadBalancers()
            .getFirst()
            .loadBalancerArn();
    String targets =
        elb.createTargetGroup(r ->
                r.name("web")
                    .vpcId(vpc)
                    .port(5000)
                    .protocol(ProtocolEnum.HTTP)
                    .targetType(TargetTypeEnum.IP))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.createListener(r ->
        r.loadBalancerArn(balancer)
            .port(80)
            .protocol(ProtocolEnum.HTTP)
            .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)));
    return targets;
  }

  private String definition(String image) {
    return ecs()
        .registerTaskDefinition(r ->
            r.family("web")
                .networkMode(NetworkMode.AWSVPC)
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("512")
                .executionRoleArn("arn:aws:iam::" + account + ":role/execution")
                .containerDefinitions(c ->
                    c.name("app")
                        .image(image)
                        .portMappings(p -> p.containerPort(5000))
                        .logConfiguration(l ->
                            l.logDriver(LogDriver.AWSLOGS)
                                .options(
                                    Map.of(
                                        "awslogs-group", "/app",
                                        "awslogs-region", "eu-central-1",
                                        "awslogs-stream-prefix", "web")))))
        .taskDefinition()
        .taskDefinitionArn();
  }

  /** Pushes an image whose program answers with its tag; returns its name. */
  String push(String repository, String tag) {
    EcrClient ecr = ecr();
    String uri =
        ecr.createRepository(r -> r.repositoryName(repository)).repository().repositoryUri();
    String config =
        """
        {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []},
         "config": {"Entrypoint": ["serve"], "Env": ["SLIPWAY_BEHAVIOUR={\\"log\\": [\\"up\\"],
         \\"answers\\": [{\\"body\\": \\"%s\\"}]}"]}}\
        """
            .formatted(tag)
            .replace("\n ", "");
    String digest = upload(ecr, repository, config);
    String manifest =
        """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s",
         "size": %d}, "layers": []}\
        """
            .formatted(digest, config.length());
    ecr.putImage(r -> r.repositoryName(repository).imageTag(tag).imageManifest(manifest));
    return uri + ":" + tag;
  }

  private static String upload(EcrClient ecr, String repository, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String digest;
    try {
      digest =
          "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName(repository)).uploadId();
    ecr.uploadLayerPart(r ->
        r.repositoryName(repository)
            .uploadId(upload)
            .partFirstByte(0L)
            .partLastByte(bytes.length - 1L)
            .layerPartBlob(SdkBytes.fromByteArray(bytes)));
    ecr.completeLayerUpload(
        r -> r.repositoryName(repository).uploadId(upload).layerDigests(digest));
    return digest;
  }

  Service service() {
    return ecs().describeServices(r -> r.cluster("prod").services("web")).services().getFirst();
  }

  List<TargetHealthStateEnum> targetStates() {
    ElasticLoadBalancingV2Client elb = elb();
    String group = elb.describeTargetGroups().targetGroups().getFirst().targetGroupArn();
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .map(target -> target.targetHealth().state())
        .toList();
  }

  boolean steady() {
    Service service = service();
    return service.runningCount() == 2
        && service.deployments().size() == 1
        && service.deployments().getFirst().rolloutStateAsString().equals("COMPLETED")
        && targetStates()
            .equals(List.of(TargetHealthStateEnum.HEALTHY, TargetHealthStateEnum.HEALTHY));
  }

  void awaitSteady() {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> assertThat(steady()).as(() -> service() + " " + targetStates()).isTrue());
  }

  /** The address of the balancer. */
  URI url() {
    return URI.create(
        "http://" + elb().describeLoadBalancers().loadBalancers().getFirst().dnsName());
  }
}

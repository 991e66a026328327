import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.iam.IamClient;

/** One account of a twin: a network, an image, balancers and services, made through the API. */
@SuppressWarnings("unchecked") // the SDK takes arrays of consumers
final class Account {

  static final int TASK_PORT = 5000;
  static final String CLUSTER = "prod";

  private static final String EXECUTION =
      "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
  private static final String TRUST =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}\
      """;

  private final int port;
  private final String number;
  final EcsClient ecs;
  final ElasticLoadBalancingV2Client elb;
  private final Ec2Client ec2;
  private String vpc;
  private List<String> subnets;
  private String group;
  private String definition;

  Account(int port, String number) {
    this.port = port;
    this.number = number;
    this.ecs = client(EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
    this.elb =
        client(ElasticLoadBalancingV2Client.builder().httpClient(UrlConnectionHttpClient.create()));
    this.ec2 = client(Ec2Client.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  private <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(number, "secret")))
        .build();
  }

  /** The network, the role, the image, its task definition and the cluster. */
  void prepare(String behaviour) {
    network();
    IamClient iam = client(IamClient.builder().httpClient(UrlConnectionHttpClient.create()));
    iam.createRole(r -> r.roleName("execution").assumeRolePolicyDocument(TRUST));
    iam.attachRolePolicy(r -> r.roleName("execution").policyArn(EXECUTION));
    String image = push(behaviour);
    definition =
        ecs.registerTaskDefinition(r ->
                r.family("web")
                    .networkMode(NetworkMode.AWSVPC)
                    .requiresCompatibilities(Compatibility.FARGATE)
                    .cpu("256")
                    .memory("512")
                    .executionRoleArn("arn:aws:iam::" + number + ":role/execution")
                    .containerDefinitions(c ->
                        c.name("app")
                            .image(image)
                            .portMappings(p -> p.containerPort(TASK_PORT))))
            .taskDefinition()
            .taskDefinitionArn();
    ecs.createCluster(r -> r.clusterName(CLUSTER));
  }

  private void network() {
    vpc = ec2.createVpc(r -> r.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    String gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
    ec2.attachInternetGateway(r -> r.vpcId(vpc).internetGatewayId(gateway));
    String table =
        ec2.describeRouteTables(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
            .routeTables()
            .getFirst()
            .routeTableId();
    ec2.createRoute(
        r -> r.routeTableId(table).destinationCidrBlock("0.0.0.0/0").gatewayId(gateway));
    subnets = List.of(subnet("a", "10.0.0.0/17"), subnet("b", "10.0.128.0/17"));
    group =
        ec2.createSecurityGroup(r -> r.groupName("all").description("all").vpcId(vpc)).groupId();
    ec2.authorizeSecurityGroupIngress(r ->
        r.groupId(group)
            .ipPermissions(p -> p.ipProtocol("-1").ipRanges(range -> range.cidrIp("0.0.0.0/0"))));
  }

  private String subnet(String zone, String block) {
    return ec2.createSubnet(
            r -> r.vpcId(vpc).availabilityZone("eu-central-1" + zone).cidrBlock(block))
        .subnet()
        .subnetId();
  }

  private String push(String behaviour) {
    EcrClient ecr = client(EcrClient.builder().httpClient(UrlConnectionHttpClient.create()));
    String uri =
        ecr.createRepository(r -> r.repositoryName("app")).repository().repositoryUri();
    String config =
        new JsonMapper()
            .valueToTree(
                Map.of(
                    "architecture",
                    "amd64",
                    "os",
                    "linux",
                    "rootfs",
                    Map.of("type", "layers", "diff_ids", List.of()),
                    "config",
                    Map.of(
                        "Entrypoint",
                        List.of("serve"),
                        "Env",
                        List.of("SLIPWAY_BEHAVIOUR=" + behaviour))))
            .toString();
    byte[] bytes = config.getBytes(StandardCharsets.UTF_8);
    String upload = ecr.initiateLayerUpload(r -> r.repositoryName("app")).uploadId();
    ecr.uploadLayerPart(r ->
        r.repositoryName("app")
            .uploadId(upload)
            .partFirstByte(0L)
            .partLastByte(bytes.length - 1L)
            .layerPartBlob(SdkBytes.fromByteArray(bytes)));
    ecr.completeLayerUpload(
        r -> r.repositoryName("app").uploadId(upload).layerDigests(digest(bytes)));
    String manifest =
        """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
         "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": "%s",
         "size": %d}, "layers": []}\
        """
            .formatted(digest(bytes), bytes.length);
    ecr.putImage(r -> r.repositoryName("app").imageTag("1").imageManifest(manifest));
    return uri + ":1";
  }

  private static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  LoadBalancer balancer(String name) {
    return elb.createLoadBalancer(r -> r.name(name).subnets(subnets).securityGroups(group))
        .loadBalancers()
        .getFirst();
  }

  String targetGroup(String name) {
    return elb.createTargetGroup(r ->
            r.name(name)
                .vpcId(vpc)
                .port(TASK_PORT)
                .protocol(ProtocolEnum.HTTP)
                .targetType(TargetTypeEnum.IP))
        .targetGroups()
        .getFirst()
        .targetGroupArn();
  }

  /** A listener that forwards everything to a target group. */
  String listener(String balancer, int listenerPort, String targets) {
    return elb.createListener(r ->
            r.loadBalancerArn(balancer)
                .port(listenerPort)
                .protocol(ProtocolEnum.HTTP)
                .defaultActions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  /** A rule that forwards a path to a target group. */
  void rule(String listener, int priority, String path, String targets) {
    elb.createRule(r ->
        r.listenerArn(listener)
            .priority(priority)
            .conditions(c -> c.field("path-pattern").pathPatternConfig(p -> p.values(path)))
            .actions(a -> a.type(ActionTypeEnum.FORWARD).targetGroupArn(targets)));
  }

  void service(String name, int tasks, String targets) {
    ecs.createService(r ->
        r.cluster(CLUSTER)
            .serviceName(name)
            .taskDefinition(definition)
            .desiredCount(tasks)
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n ->
                n.awsvpcConfiguration(v ->
                    v.subnets(subnets)
                        .securityGroups(group)
                        .assignPublicIp(AssignPublicIp.ENABLED)))
            .loadBalancers(
                l -> l.containerName("app").containerPort(TASK_PORT).targetGroupArn(targets)));
  }

  /** How many of some services run all their tasks in one completed deployment. */
  int steady(List<String> names) {
    int steady = 0;
    for (int from = 0; from < names.size(); from += 10) {
      List<String> ten = names.subList(from, Math.min(names.size(), from + 10));
      steady +=
          (int)
              ecs.describeServices(r -> r.cluster(CLUSTER).services(ten)).services().stream()
                  .filter(s ->
                      s.runningCount().equals(s.desiredCount())
                          && s.deployments().size() == 1
                          && s.deployments().getFirst().rolloutStateAsString().equals("COMPLETED"))
                  .count();
    }
    return steady;
  }
}

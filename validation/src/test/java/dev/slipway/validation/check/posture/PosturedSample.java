package dev.slipway.validation.check.posture;

import dev.slipway.topology.Network;
import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Certificate;
import dev.slipway.validation.observe.FrontDoor;
import dev.slipway.validation.observe.Metrics;
import dev.slipway.validation.observe.Posture;
import dev.slipway.validation.observe.Registry;
import dev.slipway.validation.observe.Surroundings.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.Subnet;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** A sound deployment whose posture is sound too, to be spoilt by tests. */
// The SDK's builders take generic varargs without @SafeVarargs.
@SuppressWarnings("unchecked")
final class PosturedSample extends Sample {

  private static final String REPOSITORY_NAME = "orders";
  private final SampleNetwork ways = new SampleNetwork();
  private final Map<String, String> groupAttributes = new HashMap<>();
  private final List<MetricAlarm> alarms = new ArrayList<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Map<String, Certificate> certificates = new HashMap<>();
  private final List<Role> deployers = new ArrayList<>();
  private Posture.Shelf shelf =
      new Posture.Shelf(Optional.of("{}"), Map.of(), Optional.of(Map.of()), List.of());
  private final List<ImageDetail> images = new ArrayList<>();
  private Metrics metrics = Metrics.NONE;
  private String matcher = "200";
  private String insights = "enabled";
  private Integer retention = 30;
  private List<String> zones = List.of("eu-central-1a", "eu-central-1b");
  private List<IpPermission> ingress = List.of();
  private String policy = document("[\"logs:CreateLogStream\",\"logs:PutLogEvents\"]", "\"*\"");
  private String newest = TASK_DEFINITION;

  PosturedSample() {
    listeners.add(listener(80, "HTTP", ActionTypeEnum.FORWARD, null));
    service(b ->
        b.taskDefinition(TASK_DEFINITION)
            .clusterArn("arn:aws:ecs:eu-central-1:123456789012:cluster/staging"));
    breaker(true, true, 100, 200);
    container(c -> c.user("10001").readonlyRootFilesystem(true));
    tasksIn("eu-central-1a", "eu-central-1b");
    mutability(ImageTagMutability.IMMUTABLE);
    balancer = balancer.toBuilder().scheme("internal").build();
    posed();
  }

  void environment(String name, String value) {
    container(c -> c.environment(e -> e.name(name).value(value)));
  }

  void container(UnaryOperator<ContainerDefinition.Builder> change) {
    definition(d -> {
      ContainerDefinition old = definitions.get(TASK_DEFINITION).containerDefinitions().getFirst();
      return d.containerDefinitions(change.apply(old.toBuilder()).build());
    });
  }

  void logsTo(String group, String region, String makesIt) {
    container(c ->
        c.logConfiguration(l ->
            l.logDriver("awslogs")
                .options(
                    Map.of(
                        "awslogs-group", group,
                        "awslogs-region", region,
                        "awslogs-create-group", makesIt))));
  }

  void silent() {
    container(c -> c.logConfiguration((LogConfiguration) null));
  }

  void definition(UnaryOperator<TaskDefinition.Builder> change) {
    definitions.put(
        TASK_DEFINITION, change.apply(definitions.get(TASK_DEFINITION).toBuilder()).build());
  }

  /** Changes the ways of the network. */
  void ways(Consumer<SampleNetwork> change) {
    change.accept(ways);
    posed();
  }

  void ingress(String cidr, int from, int to) {
    ingress =
        List.of(
            IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(from)
                .toPort(to)
                .ipRanges(r -> r.cidrIp(cidr))
                .build());
    posed();
  }

  void zones(String... names) {
    zones = List.of(names);
    posed();
  }

  void tasksIn(String... names) {
    for (int i = 0; i < names.length; i++) {
      tasks.set(i, tasks.get(i).toBuilder().availabilityZone(names[i]).build());
    }
  }

  void policy(String actions, String resource) {
    policy = document(actions, resource);
    posed();
  }

  void deployer(String subject, boolean audience, String actions) {
    String trust =
        """
        {"Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",
          "Principal":{"Federated":"arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},
          "Condition":{"StringLike":{"token.actions.githubusercontent.com:sub":"%s"%s}}}]}
        """
            .formatted(
                subject,
                audience
                    ? ",\"token.actions.githubusercontent.com:aud\":\"sts.amazonaws.com\""
                    : "");
    deployers.add(
        new Role(
            true,
            "arn:aws:iam::123456789012:role/deploy",
            trust,
            Map.of("deploy", document(actions, "\"*\""))));
    posed();
  }

  void newest(int revision) {
    newest = taskDefinition(revision);
    posed();
  }

  void findings(Map<FindingSeverity, Integer> counts) {
    shelf = new Posture.Shelf(shelf.policy(), Map.of(), Optional.of(counts), shelf.images());
    posed();
  }

  void neverScanned() {
    shelf = new Posture.Shelf(shelf.policy(), Map.of(), Optional.empty(), shelf.images());
    posed();
  }

  void lifecycle(Optional<String> text) {
    shelf = new Posture.Shelf(text, Map.of(), shelf.findings(), shelf.images());
    posed();
  }

  /** An image of the repository, pushed so many days ago. */
  void image(String digest, int days, String... tags) {
    image(digest, days, "application/vnd.oci.image.manifest.v1+json", tags);
  }

  /** An index of images for several platforms. */
  void index(String digest, int days, String... tags) {
    image(digest, days, "application/vnd.oci.image.index.v1+json", tags);
  }

  private void image(String digest, int days, String type, String... tags) {
    images.add(
        ImageDetail.builder()
            .imageDigest(digest)
            .imageTags(tags)
            .imageManifestMediaType(type)
            .imagePushedAt(NOW.minus(Duration.ofDays(days)))
            .build());
    shelf = new Posture.Shelf(shelf.policy(), Map.of(), shelf.findings(), List.copyOf(images));
    posed();
  }

  void metrics(Metrics counted) {
    metrics = counted;
    posed();
  }

  void mutability(ImageTagMutability mutability) {
    registry =
        new Registry(
            registry.repositories().stream()
                .map(r ->
                    r.toBuilder()
                        .imageTagMutability(mutability)
                        .imageScanningConfiguration(c -> c.scanOnPush(false))
                        .build())
                .toList(),
            registry.images());
  }

  void https(Certificate certificate, boolean redirected) {
    certificates.put(certificate.arn(), certificate);
    listeners.clear();
    listeners.add(
        listener(80, "HTTP", redirected ? ActionTypeEnum.REDIRECT : ActionTypeEnum.FORWARD, null));
    listeners.add(listener(443, "HTTPS", ActionTypeEnum.FORWARD, certificate.arn()));
    posed();
  }

  void matcher(String codes) {
    matcher = codes;
  }

  void attribute(String key, String value) {
    groupAttributes.put(key, value);
    posed();
  }

  void breaker(boolean enabled, boolean rollback, int minimum, int maximum) {
    service(b ->
        b.deploymentConfiguration(d ->
            d.minimumHealthyPercent(minimum)
                .maximumPercent(maximum)
                .deploymentCircuitBreaker(c -> c.enable(enabled).rollback(rollback))));
  }

  void alarm(MetricAlarm alarm) {
    alarms.add(alarm);
    posed();
  }

  void retention(Integer days) {
    retention = days;
    posed();
  }

  void insights(String value) {
    insights = value;
    posed();
  }

  @Override
  protected FrontDoor front() {
    FrontDoor front = super.front();
    return new FrontDoor(
        front.targetGroups().stream()
            .map(g ->
                g.toBuilder().targetGroupName("orders").matcher(m -> m.httpCode(matcher)).build())
            .toList(),
        front.health(),
        front.loadBalancers(),
        List.copyOf(listeners),
        front.rules());
  }

  private void posed() {
    posture =
        new Posture(
            true,
            Optional.of(
                Cluster.builder()
                    .clusterName("staging")
                    .settings(s -> s.name("containerInsights").value(insights))
                    .build()),
            newest,
            Map.of(BALANCER, Map.of("access_logs.s3.enabled", "true")),
            Map.of(TARGET_GROUP, Map.copyOf(groupAttributes)),
            Map.copyOf(certificates),
            Map.of(
                "/ecs/orders",
                LogGroup.builder().logGroupName("/ecs/orders").retentionInDays(retention).build()),
            Optional.of(Set.of(Arns.last("task/task1"), "task2")),
            List.copyOf(alarms),
            Map.of(REPOSITORY_NAME, shelf),
            network(),
            Map.of(EXECUTION_ROLE, new Role(true, EXECUTION_ROLE, "", Map.of("execution", policy))),
            List.copyOf(deployers),
            metrics,
            NOW);
  }

  /** A network that leads out, with the zones and the ingress that the sample has. */
  private Network network() {
    Network whole = ways.network();
    List<String> own = List.of("subnet-a", "subnet-b");
    List<Subnet> subnets = new ArrayList<>();
    for (Subnet each : whole.subnets()) {
      int place = own.indexOf(each.subnetId());
      if (place < 0) {
        subnets.add(each);
      } else if (place < zones.size()) {
        subnets.add(each.toBuilder().availabilityZone(zones.get(place)).build());
      }
    }
    return new Network(
        whole.region(),
        whole.vpcs(),
        whole.vpcDns(),
        subnets,
        whole.routeTables(),
        whole.networkAcls(),
        whole.securityGroups().stream()
            .map(g ->
                g.groupId().equals("sg-task") ? g.toBuilder().ipPermissions(ingress).build() : g)
            .toList(),
        whole.networkInterfaces(),
        whole.internetGateways(),
        whole.natGateways(),
        whole.vpcEndpoints(),
        whole.prefixLists(),
        whole.prefixListBlocks());
  }

  private static Listener listener(
      int port, String protocol, ActionTypeEnum action, String certificate) {
    Listener.Builder builder =
        Listener.builder()
            .listenerArn(port == 80 ? LISTENER : LISTENER + "s")
            .loadBalancerArn(BALANCER)
            .port(port)
            .protocol(protocol)
            .defaultActions(Action.builder().type(action).build());
    return certificate == null
        ? builder.build()
        : builder.certificates(c -> c.certificateArn(certificate)).build();
  }

  private static String document(String actions, String resource) {
    return "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":%s,\"Resource\":%s}]}"
        .formatted(actions, resource);
  }
}

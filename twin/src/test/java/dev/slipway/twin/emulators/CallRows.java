package dev.slipway.twin.emulators;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Calls that must be refused, on one steady stack: what is refused leaves it as it was. */
final class CallRows {

  /** A call, by its name in the table. */
  private record Call(
      String name, String aws, String peers, String expected, BiConsumer<Account, Stack> call) {

    Row row(Shared shared) {
      return new Row(
          "(k) " + name,
          aws,
          peers,
          List.of(expected),
          account -> {
            Stack stack = shared.steady(account);
            return List.of(refused(() -> call.accept(stack.account, stack)));
          });
    }
  }

  /** The stack of the first case that asks for it, for all. */
  private static final class Shared {
    private Stack stack;

    synchronized Stack steady(Account account) {
      if (stack == null) {
        stack = StartRows.steady(account);
      }
      return stack;
    }
  }

  private CallRows() {}

  static List<Row> rows() {
    Shared shared = new Shared();
    List<Row> rows = new ArrayList<>(calls().stream().map(c -> c.row(shared)).toList());
    rows.add(
        new Row(
            "(k) the balancer deleted, the service lives",
            "connection refused or 503; targets are unused",
            "x==-",
            List.of("the balancer: no answer", "targets: unused Target.NotInUse"),
            CallRows::withoutBalancer));
    return rows;
  }

  private static List<Call> calls() {
    return List.of(
        new Call(
            "delete a target group in use",
            "ResourceInUse",
            "=x==",
            "ResourceInUse: Target group 'arn:targetgroup/compare/ID' is currently in use by a"
                + " listener or a rule",
            (a, s) -> a.elb.deleteTargetGroup(r -> r.targetGroupArn(s.targetGroup))),
        new Call(
            "delete the tasks' security group",
            "DependencyViolation",
            "xxxx",
            "DependencyViolation: resource sg-ID has a dependent object",
            (a, s) -> a.ec2.deleteSecurityGroup(r -> r.groupId(s.network.taskGroup))),
        new Call(
            "delete the balancer's security group",
            "DependencyViolation",
            "xxxx",
            "DependencyViolation: resource sg-ID has a dependent object",
            (a, s) -> a.ec2.deleteSecurityGroup(r -> r.groupId(s.network.balancerGroup))),
        new Call(
            "delete a subnet in use",
            "DependencyViolation",
            "xxxx",
            "DependencyViolation: The subnet 'subnet-ID' has dependencies and cannot be deleted.",
            (a, s) -> a.ec2.deleteSubnet(r -> r.subnetId(s.network.subnets.getFirst()))),
        new Call(
            "detach the internet gateway",
            "DependencyViolation",
            "xxxx",
            "DependencyViolation: Network vpc-ID has some mapped public address(es). Please unmap"
                + " those public address(es) before detaching the gateway.",
            (a, s) ->
                a.ec2.detachInternetGateway(
                    r -> r.vpcId(s.network.vpc).internetGatewayId(s.network.gateway))),
        new Call(
            "delete a VPC with contents",
            "DependencyViolation",
            "x===",
            "DependencyViolation: The vpc 'vpc-ID' has dependencies and cannot be deleted.",
            (a, s) -> a.ec2.deleteVpc(r -> r.vpcId(s.network.vpc))),
        new Call(
            "delete a cluster with a service",
            "ClusterContainsServicesException",
            "xxxx",
            "ClusterContainsServicesException: The Cluster cannot be deleted while Services are"
                + " active.",
            (a, s) -> a.ecs.deleteCluster(r -> r.cluster(Stack.CLUSTER))),
        new Call(
            "delete a service that is not scaled to 0",
            "InvalidParameterException",
            "====",
            "InvalidParameterException: The service cannot be stopped while it is scaled above 0.",
            (a, s) -> a.ecs.deleteService(r -> r.cluster(Stack.CLUSTER).service(Stack.SERVICE))),
        new Call(
            "delete a repository with images",
            "RepositoryNotEmptyException",
            "-=xx",
            "RepositoryNotEmptyException: The repository with name 'web' in registry with id"
                + " 'ACCOUNT' cannot be deleted because it still contains images",
            (a, s) -> a.ecr.deleteRepository(r -> r.repositoryName("web"))),
        new Call(
            "delete a role with a policy",
            "DeleteConflict",
            "===x",
            "DeleteConflict: Cannot delete entity, must detach all policies first.",
            (a, s) -> a.iam.deleteRole(r -> r.roleName(Stack.ROLE))),
        new Call(
            "create a service with a target group that has no balancer",
            "InvalidParameterException",
            "xx--",
            "InvalidParameterException: The target group with targetGroupArn"
                + " arn:targetgroup/alone/ID does not have an associated load balancer.",
            (a, s) -> {
              String alone = s.targetGroup("alone");
              a.ecs.createService(
                  s.service("web:1")
                      .serviceName("other")
                      .loadBalancers(
                          l -> l.targetGroupArn(alone).containerName("app").containerPort(5000))
                      .build());
            }),
        new Call(
            "create a service in an unknown subnet",
            "InvalidParameterException",
            "xx==",
            "InvalidParameterException: ",
            (a, s) ->
                a.ecs.createService(
                    s.service("web:1")
                        .serviceName("other")
                        .networkConfiguration(
                            n -> n.awsvpcConfiguration(v -> v.subnets("subnet-0123456789abcdef0")))
                        .build())),
        new Call(
            "create a service without a network configuration",
            "InvalidParameterException",
            "xxxx",
            "InvalidParameterException: Network Configuration must be provided when networkMode"
                + " 'awsvpc' is specified.",
            (a, s) ->
                a.ecs.createService(
                    s.service("web:1")
                        .serviceName("other")
                        .networkConfiguration((NetworkConfiguration) null)
                        .build())),
        new Call(
            "create a service of an unknown task definition",
            "ClientException",
            "=x==",
            "ClientException: ",
            (a, s) -> a.ecs.createService(s.service("nothing:1").serviceName("other").build())),
        new Call(
            "create a subnet outside the VPC's range",
            "InvalidSubnet.Range",
            "-x==",
            "InvalidSubnet.Range: The CIDR '10.99.0.0/24' is invalid.",
            (a, s) -> a.ec2.createSubnet(r -> r.vpcId(s.network.vpc).cidrBlock("10.99.0.0/24"))),
        new Call(
            "create a subnet over another",
            "InvalidSubnet.Conflict",
            "----",
            "InvalidSubnet.Conflict: The CIDR '10.42.1.0/25' conflicts with another subnet",
            (a, s) -> a.ec2.createSubnet(r -> r.vpcId(s.network.vpc).cidrBlock("10.42.1.0/25"))),
        new Call(
            "add a rule twice",
            "InvalidPermission.Duplicate",
            "----",
            "InvalidPermission.Duplicate: the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80,"
                + " to port: 80, ALLOW\" already exists",
            (a, s) -> {
              IpPermission web =
                  IpPermission.builder()
                      .ipProtocol("tcp")
                      .fromPort(80)
                      .toPort(80)
                      .ipRanges(i -> i.cidrIp("0.0.0.0/0"))
                      .build();
              a.ec2.authorizeSecurityGroupIngress(
                  r -> r.groupId(s.network.balancerGroup).ipPermissions(web));
            }),
        new Call(
            "create a balancer in one subnet",
            "ValidationError",
            "----",
            "At least two subnets in two different Availability Zones must be specified",
            (a, s) ->
                a.elb.createLoadBalancer(
                    r -> r.name("one").subnets(s.network.subnets.getFirst()))));
  }

  private static List<String> withoutBalancer(Account account) {
    Stack stack = StartRows.steady(account);
    Watch watch = new Watch(stack);
    account.elb.deleteLoadBalancer(r -> r.loadBalancerArn(stack.balancer.loadBalancerArn()));
    String health =
        watch
            .until(
                watch::targets,
                targets ->
                    targets.stream()
                        .allMatch(t -> t.targetHealth().state() == TargetHealthStateEnum.UNUSED),
                "unused targets")
            .getFirst()
            .targetHealth()
            .reasonAsString();
    return List.of("the balancer: " + watch.get("/"), "targets: unused " + health);
  }

  private static String refused(Runnable call) {
    try {
      call.run();
      return "OK";
    } catch (AwsServiceException e) {
      return e.awsErrorDetails().errorCode()
          + ": "
          + Words.plain(e.awsErrorDetails().errorMessage())
              .replaceAll("targetgroup/alone/[0-9a-f]{16}", "targetgroup/alone/ID");
    }
  }
}

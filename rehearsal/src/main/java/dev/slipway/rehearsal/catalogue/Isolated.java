package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;
import java.time.Duration;
import java.util.List;

/** Tasks' subnets that lead to the services of AWS by VPC endpoints only. */
final class Isolated {

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private Isolated() {}

  /**
   * Takes NAT and the default routes away and makes endpoints instead: a gateway for S3 where there
   * is none, and an interface for each of these.
   *
   * @param open whether the interfaces' security group accepts HTTPS
   */
  static void endpoints(Stage stage, boolean open, String... services) throws Exception {
    String vpc = stage.its().vpc();
    List<String> subnets = stage.its().subnets();
    String region = stage.aws().region();
    String group =
        stage
            .ec2()
            .createSecurityGroup(
                r -> r.vpcId(vpc).groupName("endpoints").description("VPC endpoints of the tasks"))
            .groupId();
    if (open) {
      String range = stage.ec2().describeVpcs(r -> r.vpcIds(vpc)).vpcs().getFirst().cidrBlock();
      stage
          .ec2()
          .authorizeSecurityGroupIngress(
              r -> r.groupId(group).ipProtocol("tcp").fromPort(443).toPort(443).cidrIp(range));
    }
    List<String> tables =
        stage.its().routeTables().stream().map(t -> t.routeTableId()).distinct().toList();
    if (stage.ec2().describeVpcEndpoints().vpcEndpoints().stream()
        .noneMatch(e -> e.serviceName().endsWith(".s3"))) {
      stage
          .ec2()
          .createVpcEndpoint(r ->
              r.vpcId(vpc)
                  .vpcEndpointType("Gateway")
                  .serviceName("com.amazonaws." + region + ".s3")
                  .routeTableIds(tables));
    }
    for (String service : services) {
      stage
          .ec2()
          .createVpcEndpoint(r ->
              r.vpcId(vpc)
                  .vpcEndpointType("Interface")
                  .serviceName("com.amazonaws." + region + "." + service)
                  .privateDnsEnabled(true)
                  .subnetIds(subnets)
                  .securityGroupIds(group));
    }
    stage
        .time()
        .await(
            "the endpoints are available",
            PATIENCE,
            () ->
                stage.ec2().describeVpcEndpoints().vpcEndpoints().stream()
                    .allMatch(e -> "available".equalsIgnoreCase(e.stateAsString())));
    Network.cutOff(stage, stage.its().routeTables());
    Network.deleteNat(stage);
  }
}

package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;

/** How many of each resource an account may have. Source: VPC user guide, Amazon VPC quotas. */
final class Quotas {

  private static final int SUBNETS_PER_VPC = 200;
  private static final int ROUTE_TABLES_PER_VPC = 200;
  private static final int NETWORK_ACLS_PER_VPC = 200;
  private static final int INTERNET_GATEWAYS = 5;
  private static final int SECURITY_GROUPS = 2_500;
  private static final int INTERFACE_ENDPOINTS_PER_VPC = 50;
  private static final int GATEWAY_ENDPOINTS = 20;
  private static final int NETWORK_INTERFACES = 5_000;

  private final Stores stores;

  Quotas(Stores stores) {
    this.stores = stores;
  }

  void checkSubnets(String vpcId) {
    check(
        stores.subnets.where(s -> s.vpcId().equals(vpcId)).size(),
        SUBNETS_PER_VPC,
        "SubnetLimitExceeded",
        "The maximum number of subnets has been reached.");
  }

  void checkRouteTables(String vpcId) {
    check(
        stores.routeTables.where(t -> t.vpcId().equals(vpcId)).size(),
        ROUTE_TABLES_PER_VPC,
        "RouteTableLimitExceeded",
        "The maximum number of route tables has been reached.");
  }

  void checkNetworkAcls(String vpcId) {
    check(
        stores.networkAcls.where(n -> n.vpcId().equals(vpcId)).size(),
        NETWORK_ACLS_PER_VPC,
        "NetworkAclLimitExceeded",
        "The maximum number of network ACLs has been reached.");
  }

  void checkInternetGateways() {
    check(
        stores.internetGateways.all().size(),
        INTERNET_GATEWAYS,
        "InternetGatewayLimitExceeded",
        "The maximum number of internet gateways has been reached.");
  }

  void checkSecurityGroups() {
    check(
        stores.securityGroups.all().size(),
        SECURITY_GROUPS,
        "SecurityGroupLimitExceeded",
        "The maximum number of security groups has been reached.");
  }

  void checkInterfaceEndpoints(String vpcId) {
    check(
        stores
            .vpcEndpoints
            .where(e -> e.vpcId().equals(vpcId) && "Interface".equals(e.vpcEndpointTypeAsString()))
            .size(),
        INTERFACE_ENDPOINTS_PER_VPC,
        "VpcEndpointLimitExceeded",
        "The maximum number of VPC endpoints has been reached.");
  }

  void checkGatewayEndpoints() {
    check(
        stores.vpcEndpoints.where(e -> "Gateway".equals(e.vpcEndpointTypeAsString())).size(),
        GATEWAY_ENDPOINTS,
        "VpcEndpointLimitExceeded",
        "The maximum number of VPC endpoints has been reached.");
  }

  void checkNetworkInterfaces() {
    check(
        stores.networkInterfaces.all().size(),
        NETWORK_INTERFACES,
        "NetworkInterfaceLimitExceeded",
        "The maximum number of network interfaces has been reached.");
  }

  private static void check(int there, int limit, String code, String message) {
    if (there >= limit) {
      throw AwsError.of(code, message);
    }
  }
}

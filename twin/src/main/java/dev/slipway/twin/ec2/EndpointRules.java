package dev.slipway.twin.ec2;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.CreateVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.ModifyVpcEndpointRequest;
import software.amazon.awssdk.services.ec2.model.VpcEndpointType;

/**
 * What the two types of endpoint may be asked for. Source: EC2 API reference, CreateVpcEndpoint and
 * ModifyVpcEndpoint; AWS PrivateLink guide.
 */
final class EndpointRules {

  static final String ALLOW_ALL =
      "{\"Statement\":[{\"Action\":\"*\",\"Effect\":\"Allow\",\"Principal\":\"*\","
          + "\"Resource\":\"*\"}],\"Version\":\"2008-10-17\"}";

  private static final ObjectMapper JSON = new ObjectMapper();

  private EndpointRules() {}

  /** Refuses a type that the service does not have, and what the type does not know. */
  static void check(
      CreateVpcEndpointRequest request, VpcEndpointType type, EndpointServices.Service service) {
    if (!service.types().contains(type.toString())) {
      throw refused(
          "Endpoint type (%s) does not match available service types ([%s])."
              .formatted(type, String.join(", ", service.types())));
    }
    if (type == VpcEndpointType.INTERFACE) {
      refuseTables(request.routeTableIds());
    } else {
      refuseInterfaces(request.subnetIds(), request.securityGroupIds());
      refusePrivateDns(request.privateDnsEnabled());
    }
  }

  /** Refuses changes that an endpoint of the type does not know. */
  static void check(ModifyVpcEndpointRequest request, VpcEndpointType type) {
    if (type == VpcEndpointType.INTERFACE) {
      refuseTables(request.addRouteTableIds());
      refuseTables(request.removeRouteTableIds());
      return;
    }
    refuseInterfaces(request.addSubnetIds(), request.addSecurityGroupIds());
    refuseInterfaces(request.removeSubnetIds(), request.removeSecurityGroupIds());
    refusePrivateDns(request.privateDnsEnabled());
  }

  private static void refuseTables(List<String> tables) {
    if (!tables.isEmpty()) {
      throw refused("Route table IDs are only supported for Gateway type VPC Endpoint.");
    }
  }

  private static void refuseInterfaces(List<String> subnets, List<String> groups) {
    if (!subnets.isEmpty()) {
      throw refused("Subnet IDs are only supported for Interface type VPC Endpoint.");
    }
    if (!groups.isEmpty()) {
      throw refused("Security group IDs are only supported for Interface type VPC Endpoint.");
    }
  }

  private static void refusePrivateDns(Boolean privateDns) {
    if (Boolean.TRUE.equals(privateDns)) {
      throw refused("Private DNS can't be enabled because the service is of type Gateway.");
    }
  }

  /** The policy of a request, or the one that allows all. */
  static String policy(String given) {
    if (given == null || given.isBlank()) {
      return ALLOW_ALL;
    }
    try {
      JsonNode json = JSON.readTree(given);
      JsonNode statements = json.path("Statement");
      boolean good =
          statements.isObject()
              ? isStatement(statements)
              : statements.isArray() && !statements.isEmpty();
      for (JsonNode statement : statements.isArray() ? statements : JSON.createArrayNode()) {
        good &= isStatement(statement);
      }
      if (good) {
        return given;
      }
    } catch (JsonProcessingException e) {
      // Falls through: EC2 tells no more than that the document is none.
    }
    throw AwsError.of("InvalidPolicyDocument", "The policy document is invalid.");
  }

  private static boolean isStatement(JsonNode json) {
    String effect = json.path("Effect").asText("");
    return (effect.equals("Allow") || effect.equals("Deny"))
        && (json.has("Action") || json.has("NotAction"))
        && (json.has("Principal") || json.has("NotPrincipal"))
        && (json.has("Resource") || json.has("NotResource"));
  }

  static AwsError refused(String why) {
    return AwsError.of("InvalidParameter", why);
  }
}

package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteLoadBalancerResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleResponse;

class EmptyResultTest {

  @Test
  void aResultWithoutMembersHasItsElement() {
    String deleted =
        xml("elasticloadbalancing", "DeleteLoadBalancer", DeleteLoadBalancerResponse.builder());
    assertThat(deleted).contains("<DeleteLoadBalancerResult></DeleteLoadBalancerResult>");
    assertThat(xml("iam", "UpdateRole", UpdateRoleResponse.builder()))
        .contains("<UpdateRoleResult></UpdateRoleResult>");
  }

  @Test
  void anOperationThatReturnsNothingHasNoResult() {
    assertThat(xml("iam", "DeleteRole", DeleteRoleResponse.builder())).doesNotContain("Result>");
  }

  private static String xml(String service, String action, SdkResponse.Builder response) {
    return new String(
        AwsXmlWriter.encode(
            AwsService.bySigningName(service).orElseThrow(), action, response.build(), "id"),
        StandardCharsets.UTF_8);
  }
}

package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.CreateWebAclResponse;
import software.amazon.awssdk.services.wafv2.model.DeleteWebAclRequest;
import software.amazon.awssdk.services.wafv2.model.Scope;
import software.amazon.awssdk.services.wafv2.model.WebACLSummary;

/** A web ACL before a load balancer, with the real Terraform over the twin's WAFv2. */
class WebAclStackTest extends StackTest {

  private static final String STACK =
      """
      resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
      resource "aws_internet_gateway" "i" { vpc_id = aws_vpc.v.id }
      resource "aws_subnet" "s" {
        count             = 2
        vpc_id            = aws_vpc.v.id
        cidr_block        = "10.0.${count.index}.0/24"
        availability_zone = "eu-west-1${["a", "b"][count.index]}"
      }
      resource "aws_lb" "a" {
        name       = "probe"
        subnets    = aws_subnet.s[*].id
        depends_on = [aws_internet_gateway.i]
      }
      resource "aws_wafv2_web_acl_association" "w" {
        resource_arn = aws_lb.a.arn
        web_acl_arn  = "ACL"
      }
      """;

  @Test
  void settlesReplacesImportsAndLeavesNothing() {
    WebACLSummary one = create("one");
    WebACLSummary two = create("two");

    applied(STACK.replace("ACL", one.arn()));
    imported("aws_wafv2_web_acl_association.w", id("aws_wafv2_web_acl_association.w"));
    assertThatThrownBy(() -> delete(one)).hasMessageContaining("associated with another resource");

    assertThat(applied(STACK.replace("ACL", two.arn())).output())
        .contains("1 added, 0 changed, 1 destroyed");
    delete(one);
    terraform.destroy();
    delete(two);
  }

  private WebACLSummary create(String name) {
    return world()
        .operations()
        .call(
            CreateWebAclRequest.builder()
                .name(name)
                .scope(Scope.REGIONAL)
                .defaultAction(action -> action.allow(allow -> {}))
                .visibilityConfig(v ->
                    v.metricName(name)
                        .cloudWatchMetricsEnabled(false)
                        .sampledRequestsEnabled(false))
                .build(),
            CreateWebAclResponse.class)
        .summary();
  }

  private void delete(WebACLSummary acl) {
    world()
        .operations()
        .invoke(
            DeleteWebAclRequest.builder()
                .name(acl.name())
                .id(acl.id())
                .scope(Scope.REGIONAL)
                .lockToken(acl.lockToken())
                .build());
  }
}

package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.acm.model.ListCertificatesRequest;
import software.amazon.awssdk.services.acm.model.ListCertificatesResponse;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.CreateHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.DeleteHostedZoneRequest;

/** A certificate that DNS records prove, and who is told of alarms, with the real Terraform. */
class CertificateStackTest extends StackTest {

  private static final String STACK =
      """
      resource "aws_acm_certificate" "c" {
        domain_name               = "shop.example.com"
        subject_alternative_names = ["*.shop.example.com"]
        validation_method         = "DNS"
      }
      resource "aws_route53_record" "proof" {
        for_each = {
          for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o
          if !startswith(o.domain_name, "*.")
        }
        zone_id = "ZONE"
        name    = each.value.resource_record_name
        type    = each.value.resource_record_type
        ttl     = 60
        records = [each.value.resource_record_value]
      }
      resource "aws_acm_certificate_validation" "c" {
        certificate_arn         = aws_acm_certificate.c.arn
        validation_record_fqdns = [for r in aws_route53_record.proof : r.fqdn]
      }
      resource "aws_route53_record" "alias" {
        zone_id = "ZONE"
        name    = "shop"
        type    = "A"
        alias {
          name                   = "probe-1.eu-west-1.elb.amazonaws.com"
          zone_id                = "Z32O12XQLNTSW2"
          evaluate_target_health = true
        }
      }
      resource "aws_route53_record" "text" {
        zone_id = "ZONE"
        name    = "note.example.com"
        type    = "TXT"
        ttl     = 300
        records = ["one"]
      }
      resource "aws_sns_topic" "t" { name = "probe" }
      resource "aws_sns_topic_subscription" "s" {
        topic_arn = aws_sns_topic.t.arn
        protocol  = "email"
        endpoint  = "ops@example.com"
      }
      """;

  private String zone;

  @BeforeEach
  void makeZone() {
    zone =
        world()
            .operations()
            .call(
                CreateHostedZoneRequest.builder().name("example.com").callerReference("1").build(),
                CreateHostedZoneResponse.class)
            .hostedZone()
            .id()
            .substring("/hostedzone/".length());
  }

  private String stack() {
    return STACK.replace("ZONE", zone);
  }

  @Test
  void issuesSettlesImportsAndLeavesNothing() {
    applied(stack());
    terraform.succeed("apply", "-refresh-only", "-auto-approve");
    assertThat(terraform.values("aws_acm_certificate.c").path("status").asText())
        .isEqualTo("ISSUED");

    for (String address :
        new String[] {
          "aws_acm_certificate.c",
          "aws_route53_record.alias",
          "aws_route53_record.text",
          "aws_sns_topic_subscription.s"
        }) {
      imported(address, id(address));
    }
    String validation = "aws_acm_certificate_validation.c";
    String validated = id(validation);
    terraform.succeed("state", "rm", validation);
    assertThat(terraform.run("import", validation, validated).output().replaceAll("\\W+", " "))
        .contains("resource aws_acm_certificate_validation doesn t support import");
    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(ListCertificatesRequest.builder().build(), ListCertificatesResponse.class)
                .certificateSummaryList())
        .isEmpty();
    world().operations().invoke(DeleteHostedZoneRequest.builder().id(zone).build());
  }

  @Test
  void changesInPlaceAndReplacesWhatHasAnotherName() {
    applied(stack());

    String changed = stack().replace("\"one\"", "\"two\"").replace("probe-1.", "probe-2.");
    assertThat(applied(changed).output()).contains("0 added, 2 changed, 0 destroyed");
    assertThat(applied(changed.replace("ops@", "boss@").replace("note.", "memo.")).output())
        .contains("2 added, 0 changed, 2 destroyed");
  }
}

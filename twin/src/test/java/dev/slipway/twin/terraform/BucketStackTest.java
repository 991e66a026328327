package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;

/** Buckets and what is set on them, with the real Terraform over the twin's S3. */
class BucketStackTest extends StackTest {

  private static final String BUCKET =
      """
      resource "aws_s3_bucket" "b" {
        bucket        = "probe-state"
        force_destroy = true
        tags          = { kind = "state" }
      }
      resource "aws_s3_bucket_versioning" "b" {
        bucket = aws_s3_bucket.b.id
        versioning_configuration { status = "Enabled" }
      }
      resource "aws_s3_bucket_public_access_block" "b" {
        bucket                  = aws_s3_bucket.b.id
        block_public_acls       = true
        block_public_policy     = true
        ignore_public_acls      = true
        restrict_public_buckets = true
      }
      resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
        bucket = aws_s3_bucket.b.id
        rule {
          apply_server_side_encryption_by_default { sse_algorithm = "AES256" }
        }
      }
      resource "aws_s3_bucket_policy" "b" {
        bucket = aws_s3_bucket.b.id
        policy = jsonencode({
          Version   = "2012-10-17"
          Statement = [{
            Sid       = "OnlyTls"
            Effect    = "Deny"
            Principal = "*"
            Action    = "s3:*"
            Resource  = "${aws_s3_bucket.b.arn}/*"
            Condition = { Bool = { "aws:SecureTransport" = "false" } }
          }]
        })
      }
      resource "aws_s3_bucket_lifecycle_configuration" "b" {
        bucket = aws_s3_bucket.b.id
        rule {
          id     = "old"
          status = "Enabled"
          filter { prefix = "logs/" }
          expiration { days = 30 }
          noncurrent_version_expiration { noncurrent_days = 7 }
          transition {
            days          = 10
            storage_class = "GLACIER"
          }
        }
        rule {
          id     = "parts"
          status = "Enabled"
          filter {}
          abort_incomplete_multipart_upload { days_after_initiation = 3 }
        }
      }
      """;

  @Test
  void importsABucketByItsName() {
    applied(
        """
        resource "aws_s3_bucket" "b" {
          bucket = "probe-imported"
          tags   = { owner = "me" }
        }
        """);

    imported("aws_s3_bucket.b", "probe-imported");
    terraform.destroy();
  }

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(BUCKET);

    for (String address :
        new String[] {
          "aws_s3_bucket_versioning.b",
          "aws_s3_bucket_public_access_block.b",
          "aws_s3_bucket_server_side_encryption_configuration.b",
          "aws_s3_bucket_policy.b",
          "aws_s3_bucket_lifecycle_configuration.b"
        }) {
      imported(address, id(address));
    }
    terraform.destroy();
    assertThat(
            world()
                .operations()
                .call(ListBucketsRequest.builder().build(), ListBucketsResponse.class)
                .buckets())
        .isEmpty();
  }

  @Test
  void changesInPlace() {
    applied(BUCKET);

    String changed =
        BUCKET
            .replace("kind = \"state\"", "kind = \"logs\"")
            .replace("\"Enabled\" }", "\"Suspended\" }")
            .replace("ignore_public_acls      = true", "ignore_public_acls = false")
            .replace("days = 30", "days = 40")
            .replace("OnlyTls", "TlsOnly");
    assertThat(applied(changed).output()).contains("0 added, 5 changed, 0 destroyed");
  }

  @Test
  void replacesABucketOfAnotherNameWithAllThatIsSetOnIt() {
    applied(BUCKET);

    assertThat(applied(BUCKET.replace("probe-state", "probe-other")).output())
        .contains("6 added, 0 changed, 6 destroyed");
  }
}

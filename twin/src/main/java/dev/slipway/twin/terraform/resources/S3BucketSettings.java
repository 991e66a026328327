package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAccelerateConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketAclRequest;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionRequest;
import software.amazon.awssdk.services.s3.model.GetBucketEncryptionResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentRequest;
import software.amazon.awssdk.services.s3.model.GetBucketRequestPaymentResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionRule;

/** What {@code aws_s3_bucket} shows of the settings that other resource types set. */
final class S3BucketSettings {

  private S3BucketSettings() {}

  static void read(Context context, String bucket, Attributes state) {
    String policy =
        S3Calls.find(() ->
                context
                    .call(
                        GetBucketPolicyRequest.builder().bucket(bucket).build(),
                        GetBucketPolicyResponse.class)
                    .policy())
            .orElse("");
    if (policy.isEmpty()) {
      state.setText("policy", "");
    } else {
      IamDocuments.set(state, "policy", policy);
    }
    state.setText(
        "acceleration_status",
        context
            .call(
                GetBucketAccelerateConfigurationRequest.builder().bucket(bucket).build(),
                GetBucketAccelerateConfigurationResponse.class)
            .statusAsString());
    state.setText(
        "request_payer",
        context
            .call(
                GetBucketRequestPaymentRequest.builder().bucket(bucket).build(),
                GetBucketRequestPaymentResponse.class)
            .payerAsString());
    readGrants(context, bucket, state);
    readVersioning(context, bucket, state);
    readEncryption(context, bucket, state);
  }

  private static void readGrants(Context context, String bucket, Attributes state) {
    List<Grant> grants =
        context
            .call(GetBucketAclRequest.builder().bucket(bucket).build(), GetBucketAclResponse.class)
            .grants();
    state.setBlocks(
        "grant",
        grants.stream()
            .map(grant -> {
              Set<String> permissions = new TreeSet<>(List.of(grant.permissionAsString()));
              return new Attributes()
                  .setText("id", grant.grantee().id())
                  .set("type", grant.grantee().typeAsString())
                  .setText("uri", grant.grantee().uri())
                  .setTexts("permissions", permissions);
            })
            .collect(Collectors.toList()));
  }

  private static void readVersioning(Context context, String bucket, Attributes state) {
    GetBucketVersioningResponse versioning =
        context.call(
            GetBucketVersioningRequest.builder().bucket(bucket).build(),
            GetBucketVersioningResponse.class);
    state.setBlock(
        "versioning",
        new Attributes()
            .set("enabled", "Enabled".equals(versioning.statusAsString()))
            .set("mfa_delete", "Enabled".equals(versioning.mfaDeleteAsString())));
  }

  private static void readEncryption(Context context, String bucket, Attributes state) {
    List<ServerSideEncryptionRule> rules =
        context
            .call(
                GetBucketEncryptionRequest.builder().bucket(bucket).build(),
                GetBucketEncryptionResponse.class)
            .serverSideEncryptionConfiguration()
            .rules();
    state.setBlock(
        "server_side_encryption_configuration",
        new Attributes().setBlocks("rule", rules.stream().map(S3BucketSettings::rule).toList()));
  }

  /** An encryption rule as blocks. */
  static Attributes rule(ServerSideEncryptionRule rule) {
    ServerSideEncryptionByDefault usual = rule.applyServerSideEncryptionByDefault();
    return new Attributes()
        .set("bucket_key_enabled", Boolean.TRUE.equals(rule.bucketKeyEnabled()))
        .setBlock(
            "apply_server_side_encryption_by_default",
            new Attributes()
                .set("sse_algorithm", usual.sseAlgorithmAsString())
                .setText("kms_master_key_id", usual.kmsMasterKeyID()));
  }
}

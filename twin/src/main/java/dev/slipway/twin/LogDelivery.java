package dev.slipway.twin;

import dev.slipway.twin.elbv2.LogBuckets;
import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.PolicyDocument;
import dev.slipway.twin.iam.policy.PolicyReader;
import dev.slipway.twin.iam.policy.Statement;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyRequest;
import software.amazon.awssdk.services.s3.model.GetBucketPolicyResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Delivers logs of load balancers to buckets of the world, as far as their policies let Elastic
 * Load Balancing write. Source: ELB user guide, enable-access-logging: the service's principal, or
 * in older regions its account.
 */
record LogDelivery(World world) implements LogBuckets {

  private static final String HOME = "us-east-1";
  private static final String SERVICE = "logdelivery.elasticloadbalancing.amazonaws.com";

  /** The accounts of Elastic Load Balancing by region. */
  private static final Map<String, String> ACCOUNTS =
      Map.ofEntries(
          Map.entry("us-east-1", "127311923021"),
          Map.entry("us-east-2", "033677994240"),
          Map.entry("us-west-1", "027434742980"),
          Map.entry("us-west-2", "797873946194"),
          Map.entry("af-south-1", "098369216593"),
          Map.entry("ap-east-1", "754344448648"),
          Map.entry("ap-south-1", "718504428378"),
          Map.entry("ap-northeast-1", "582318560864"),
          Map.entry("ap-northeast-2", "600734575887"),
          Map.entry("ap-northeast-3", "383597477331"),
          Map.entry("ap-southeast-1", "114774131450"),
          Map.entry("ap-southeast-2", "783225319266"),
          Map.entry("ap-southeast-3", "589379963580"),
          Map.entry("ca-central-1", "985666609251"),
          Map.entry("eu-central-1", "054676820928"),
          Map.entry("eu-north-1", "897822967062"),
          Map.entry("eu-south-1", "635631232127"),
          Map.entry("eu-west-1", "156460612806"),
          Map.entry("eu-west-2", "652711504416"),
          Map.entry("eu-west-3", "009996457667"),
          Map.entry("me-south-1", "076674570225"),
          Map.entry("sa-east-1", "507241528517"));

  @Override
  public boolean take(String bucket, String key) {
    try {
      String location =
          world
              .operations()
              .call(
                  GetBucketLocationRequest.builder().bucket(bucket).build(),
                  GetBucketLocationResponse.class)
              .locationConstraintAsString();
      String region = location.isEmpty() ? HOME : location;
      return region.equals(world.region()) && allows(policy(bucket), bucket, key);
    } catch (AwsError refused) {
      // No such bucket, or none with a policy.
      return false;
    }
  }

  private PolicyDocument policy(String bucket) {
    return PolicyReader.read(
        world
            .operations()
            .call(
                GetBucketPolicyRequest.builder().bucket(bucket).build(),
                GetBucketPolicyResponse.class)
            .policy());
  }

  private boolean allows(PolicyDocument policy, String bucket, String key) {
    Map<String, List<String>> context =
        Map.of(
            "s3:x-amz-acl", List.of("bucket-owner-full-control"),
            "aws:SecureTransport", List.of("true"),
            "aws:SourceAccount", List.of(world.account()),
            "aws:SourceArn", List.of(world.arn("elasticloadbalancing", "loadbalancer/app")));
    List<PolicyDocument.Effect> effects = new ArrayList<>();
    for (Statement.Principal principal : principals()) {
      effects.add(
          PolicyDocument.evaluate(
              List.of(policy),
              new Access(
                  principal, "s3:PutObject", "arn:aws:s3:::" + bucket + "/" + key, context)));
    }
    return effects.contains(PolicyDocument.Effect.ALLOWED)
        && !effects.contains(PolicyDocument.Effect.DENIED);
  }

  private List<Statement.Principal> principals() {
    List<Statement.Principal> principals = new ArrayList<>();
    principals.add(new Statement.Principal("Service", SERVICE));
    String account = ACCOUNTS.get(world.region());
    if (account != null) {
      principals.add(new Statement.Principal("AWS", "arn:aws:iam::" + account + ":root"));
    }
    return principals;
  }

  @Override
  public void write(String bucket, String key, byte[] content) {
    ScopedValue.where(Payload.CURRENT, Payload.of(content))
        .run(() ->
            world
                .operations()
                .invoke(
                    PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(key)
                        .contentType(
                            key.endsWith(".gz") ? "application/octet-stream" : "text/plain")
                        .build()));
  }
}

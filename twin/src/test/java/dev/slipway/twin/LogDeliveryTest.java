package dev.slipway.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.s3.S3;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.Payload;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutBucketPolicyRequest;

/** Which buckets load balancers may write their logs to. */
class LogDeliveryTest {

  private static final String KEY = "front/AWSLogs/123456789012/ELBAccessLogTestFile";

  private final World world =
      new World(
          "123456789012",
          "eu-west-1",
          new ManualClock(Instant.parse("2026-11-23T10:00:00Z")),
          new Ids(new Random(7)));
  private final LogDelivery delivery = new LogDelivery(world);

  @BeforeEach
  void makeBucket() {
    new S3(world, world).register();
    world
        .operations()
        .invoke(
            CreateBucketRequest.builder()
                .bucket("logs")
                .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))
                .build());
  }

  private void policy(String effect, String principal, String resource) {
    world
        .operations()
        .invoke(
            PutBucketPolicyRequest.builder()
                .bucket("logs")
                .policy(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\""
                        + effect
                        + "\",\"Principal\":"
                        + principal.replace('\'', '"')
                        + ",\"Action\":\"s3:PutObject\",\"Resource\":\""
                        + resource
                        + "\"}]}")
                .build());
  }

  @ParameterizedTest(name = "{0} {1} on {2}: {3}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Allow; {'Service':'logdelivery.elasticloadbalancing.amazonaws.com'};"
            + " arn:aws:s3:::logs/front/AWSLogs/123456789012/*; true",
        "Allow; {'AWS':'arn:aws:iam::156460612806:root'};"
            + " arn:aws:s3:::logs/front/AWSLogs/123456789012/*; true",
        "Allow; '*'; arn:aws:s3:::logs/*; true",
        "Deny; {'AWS':'arn:aws:iam::156460612806:root'}; arn:aws:s3:::logs/*; false",
        // What belongs to another region, another service, another account and another prefix.
        "Allow; {'AWS':'arn:aws:iam::127311923021:root'}; arn:aws:s3:::logs/*; false",
        "Allow; {'Service':'delivery.logs.amazonaws.com'}; arn:aws:s3:::logs/*; false",
        "Allow; {'AWS':'arn:aws:iam::123456789012:root'}; arn:aws:s3:::logs/*; false",
        "Allow; {'Service':'logdelivery.elasticloadbalancing.amazonaws.com'};"
            + " arn:aws:s3:::logs/AWSLogs/123456789012/*; false",
      })
  void asksThePolicyOfTheBucket(String effect, String principal, String resource, boolean taken) {
    policy(effect, principal, resource);

    assertThat(delivery.take("logs", KEY)).isEqualTo(taken);
  }

  @Test
  void takesNothingWithoutAPolicyOrWithoutABucket() {
    assertThat(delivery.take("logs", KEY)).isFalse();
    assertThat(delivery.take("none", KEY)).isFalse();
  }

  @Test
  void writesAnObject() {
    delivery.write("logs", KEY, "text".getBytes(StandardCharsets.UTF_8));

    Payload answer = Payload.of(new byte[0]);
    ScopedValue.where(Payload.CURRENT, answer)
        .run(() ->
            world.operations().invoke(GetObjectRequest.builder().bucket("logs").key(KEY).build()));
    assertThat(answer.answered()).asString(StandardCharsets.UTF_8).isEqualTo("text");
  }
}

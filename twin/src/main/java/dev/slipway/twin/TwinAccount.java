package dev.slipway.twin;

import dev.slipway.twin.snapshot.Snapshot;
import dev.slipway.twin.wire.CallLog;
import dev.slipway.twin.world.TwinClock;
import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * One account of a twin, as whoever works in it sees it. The access key of an account's root is the
 * account's id, so any AWS client is led here by its endpoint and its key. Thread safe.
 */
public final class TwinAccount {

  private final Twin twin;
  private final String id;

  TwinAccount(Twin twin, String id) {
    if (!id.matches("\\d{12}")) {
      throw new IllegalArgumentException("an account has twelve digits, not: " + id);
    }
    this.twin = twin;
    this.id = id;
  }

  /** The account's twelve digits. */
  public String id() {
    return id;
  }

  /** The endpoint of every AWS service, for {@code AWS_ENDPOINT_URL}. */
  public URI endpoint() {
    return twin.endpoint();
  }

  /** The region. */
  public String region() {
    return twin.region();
  }

  /** The access key of the account's root. */
  public String accessKeyId() {
    return id;
  }

  /** A secret; the twin checks no signatures. */
  public String secretAccessKey() {
    return "twin";
  }

  /** What a program that uses any AWS client needs in its environment. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", endpoint().toString(),
        "AWS_REGION", region(),
        "AWS_DEFAULT_REGION", region(),
        "AWS_ACCESS_KEY_ID", accessKeyId(),
        "AWS_SECRET_ACCESS_KEY", secretAccessKey());
  }

  /** Leads a client of the AWS SDK for Java to this account and builds it. */
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint())
        .region(Region.of(region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(accessKeyId(), secretAccessKey())))
        .build();
  }

  /** The twin's time, which all accounts share. */
  public TwinClock clock() {
    return twin.clock();
  }

  /** The twin that this is an account of. */
  public Twin twin() {
    return twin;
  }

  /** The API calls received for this account, oldest first; the twin keeps the newest 10,000. */
  public List<CallLog.Call> calls() {
    return twin.calls().newest(Integer.MAX_VALUE, call -> call.account().equals(id));
  }

  /** Makes another account a copy of this one; its tasks run beside this one's. */
  public TwinAccount fork(String otherAccount) {
    TwinAccount other = twin.account(otherAccount);
    twin.snapshots().fork(id, otherAccount);
    return other;
  }

  /** The state of the account with the layers of its images. */
  public Snapshot snapshot() {
    return twin.snapshots().take(id, true);
  }

  /** Makes this account's state that of a snapshot, of whatever account and twin. */
  public void restore(Snapshot snapshot) {
    twin.snapshots().restore(snapshot, id);
  }
}

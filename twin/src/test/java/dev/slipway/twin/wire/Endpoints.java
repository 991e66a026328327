package dev.slipway.twin.wire;

import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Ids;
import dev.slipway.twin.world.ManualClock;
import dev.slipway.twin.world.World;
import dev.slipway.twin.world.Worlds;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** A real endpoint on a free port, with the given handlers in every world. */
final class Endpoints implements AutoCloseable {

  final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
  final Credentials credentials = new Credentials();
  final AwsEndpoint endpoint;
  final int port;
  private final Vertx vertx = Vertx.vertx();

  Endpoints(Object... handlers) {
    Worlds worlds =
        new Worlds((all, account, region, lock) -> {
          Ids ids = new Ids(new SplittableRandom(1));
          World world = new World(account, region, clock, ids, lock);
          for (Object handler : handlers) {
            world.operations().register(handler);
          }
          return world;
        });
    endpoint = new AwsEndpoint(vertx, worlds, credentials, clock, AwsEndpoint.Options.defaults());
    port = await(endpoint.listen(0));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** An SDK client for the endpoint that does not retry. */
  <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(
      B builder, String accessKey, Region region) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(uri())
        .region(region)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "secret")))
        .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }

  <C, B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>> C client(B builder) {
    return client(builder, "test", Region.EU_WEST_1);
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(endpoint.close());
    await(vertx.close());
  }
}

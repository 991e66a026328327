package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.scan.Advisories;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.SdkRequest;

/** Amazon ECR for one account and region: the API, and what the registry protocol works on. */
@Differs(
    value =
        "repository URIs begin with the address and port of the twin; on AWS with"
            + " <account>.dkr.ecr.<region>.amazonaws.com, which image references may use here too",
    because = "every client reaches an address, whatever its resolver does")
public final class Ecr implements Images {

  /** Whether a token opens the registry. */
  public enum Access {
    /** It does. */
    GRANTED,
    /** It did, until it expired. */
    EXPIRED,
    /** It is not one of this registry's. */
    DENIED
  }

  private final World world;
  private final String registryHost;
  private final Repositories repositories;
  private final ScanSettings scanSettings;
  private final Scans scans;
  private final Registry registry;
  private final ImageFinder finder;
  private final TokenDesk tokens;
  private final LifecycleTimer lifecycles;

  /**
   * The registry of a world.
   *
   * @param blobs where layers are kept; all worlds may share one
   * @param registryHost the host and port where {@link
   *     dev.slipway.twin.ecr.registry.RegistryHandler} listens, for instance {@code 127.0.0.1:4566}
   */
  public Ecr(World world, BlobStore blobs, String registryHost) {
    this(world, blobs, registryHost, new Advisories(), Runnable::run);
  }

  /**
   * The same where vulnerabilities are known.
   *
   * @param readers runs what reads the layers of scanned images, which blocks
   */
  public Ecr(
      World world, BlobStore blobs, String registryHost, Advisories advisories, Executor readers) {
    this.world = world;
    this.registryHost = registryHost;
    this.repositories = new Repositories(world);
    this.scanSettings = new ScanSettings(world);
    Inventories inventories = new Inventories(blobs, readers);
    this.scans = new Scans(world, repositories, scanSettings, inventories, advisories);
    this.registry = new Registry(world, blobs, repositories, scans);
    this.tokens = new TokenDesk(world);
    this.lifecycles = new LifecycleTimer(world, repositories, registry);
    String awsHost = world.account() + ".dkr.ecr." + world.region() + ".amazonaws.com";
    this.finder = new ImageFinder(registry, repositories, List.of(registryHost, awsHost));
  }

  /** Registers the API's operations at the world. */
  public void register() {
    world
        .operations()
        .registerLater(
            "ecr",
            List.of(
                new RepositoryApi(world, repositories, registry, registryHost),
                new RepositoryTagApi(repositories),
                new RepositoryPolicyApi(repositories),
                new LifecycleApi(world, repositories, registry, lifecycles),
                new ImageApi(repositories, registry),
                new ImageReadApi(repositories, registry, scanSettings, scans),
                new LayerApi(repositories, registry, tokens, registryHost),
                new ScanApi(world, repositories, registry, scans, scanSettings),
                new ScanSettingsApi(repositories, registry, scanSettings, scans),
                new RegistryApi(world, repositories, tokens, registryHost)));
  }

  /** Arms the timers that follow from the tables, after a world was copied. */
  public void resume() {
    world.run(lifecycles::resume);
  }

  /** The digests of the blobs of all repositories, which lie in the blob store. */
  public Set<String> blobs() {
    return registry.blobDigests();
  }

  /** What the registry holds. */
  public Registry registry() {
    return registry;
  }

  /**
   * Judges a token.
   *
   * @param scope what it is to be used for: {@code *}, or {@code repository@digest} for one blob
   */
  public Access judge(String token, String scope) {
    return world.call(() -> tokens.judge(token, scope));
  }

  /**
   * Returns when the owner of a token may do with the registry what an API call would do. A token
   * for one blob is the answer to an API call that was judged.
   *
   * @throws AwsError as ECR refuses the caller
   */
  public void admit(RegistryToken token, SdkRequest request) {
    if (token.scope().equals("*")) {
      world.operations().admit(token.caller(), request);
    }
  }

  @Override
  public String registryHost() {
    return registryHost;
  }

  @Override
  public Lookup find(String reference, String platform) {
    return world.call(() -> finder.find(reference, platform));
  }

  @Override
  public Optional<String> digestOf(String reference) {
    return world.call(() -> finder.digestOf(reference));
  }
}

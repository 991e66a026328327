package dev.slipway.validation.observe;

import java.net.URI;
import java.util.Optional;

/**
 * What the user asks to be verified. An empty text means: not asked.
 *
 * @param cluster the cluster's name or ARN
 * @param service the service's name or ARN
 * @param imageDigest the digest that shall run, {@code sha256:…}
 * @param revision the task definition that shall run, {@code family:n} or its ARN
 * @param url where the service shall answer; found from the load balancer when empty
 * @param commit the git revision that the answer shall carry
 * @param build a text that the answer shall carry
 */
public record Wanted(
    String cluster,
    String service,
    String imageDigest,
    String revision,
    String url,
    String commit,
    String build) {

  /** Only the service is named. */
  public static Wanted of(String cluster, String service) {
    return new Wanted(cluster, service, "", "", "", "", "");
  }

  /** This with a wanted digest. */
  public Wanted withImageDigest(String digest) {
    return new Wanted(cluster, service, digest, revision, url, commit, build);
  }

  /** This with a wanted revision. */
  public Wanted withRevision(String wanted) {
    return new Wanted(cluster, service, imageDigest, wanted, url, commit, build);
  }

  /** This with an address. */
  public Wanted withUrl(String address) {
    return new Wanted(cluster, service, imageDigest, revision, address, commit, build);
  }

  /** This with a wanted commit. */
  public Wanted withCommit(String sha) {
    return new Wanted(cluster, service, imageDigest, revision, url, sha, build);
  }

  /** This with a wanted text in the answer. */
  public Wanted withBuild(String text) {
    return new Wanted(cluster, service, imageDigest, revision, url, commit, text);
  }

  /** The address, when one was given. */
  public Optional<URI> address() {
    return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
  }
}

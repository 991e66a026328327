package dev.slipway.validation.observe;

import java.net.URI;
import java.util.Map;
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
 * @param build a text that the answer shall carry, the name of a build
 * @param body any text that the answer's body shall carry
 * @param headers headers that the answer shall carry, with their values
 */
public record Wanted(
    String cluster,
    String service,
    String imageDigest,
    String revision,
    String url,
    String commit,
    String build,
    String body,
    Map<String, String> headers) {

  /** Nothing is wanted of the answer's body and headers. */
  public Wanted(
      String cluster,
      String service,
      String imageDigest,
      String revision,
      String url,
      String commit,
      String build) {
    this(cluster, service, imageDigest, revision, url, commit, build, "", Map.of());
  }

  /** A copy whose headers do not change. */
  public Wanted {
    headers = Map.copyOf(headers);
  }

  /** Only the service is named. */
  public static Wanted of(String cluster, String service) {
    return new Wanted(cluster, service, "", "", "", "", "");
  }

  /** This with a wanted digest. */
  public Wanted withImageDigest(String digest) {
    return new Wanted(cluster, service, digest, revision, url, commit, build, body, headers);
  }

  /** This with a wanted revision. */
  public Wanted withRevision(String wanted) {
    return new Wanted(cluster, service, imageDigest, wanted, url, commit, build, body, headers);
  }

  /** This with an address. */
  public Wanted withUrl(String address) {
    return new Wanted(
        cluster, service, imageDigest, revision, address, commit, build, body, headers);
  }

  /** This with a wanted commit. */
  public Wanted withCommit(String sha) {
    return new Wanted(cluster, service, imageDigest, revision, url, sha, build, body, headers);
  }

  /** This with a wanted text in the answer. */
  public Wanted withBuild(String text) {
    return new Wanted(cluster, service, imageDigest, revision, url, commit, text, body, headers);
  }

  /** This of another service. */
  public Wanted withService(String name) {
    return new Wanted(cluster, name, imageDigest, revision, url, commit, build, body, headers);
  }

  /** This with a wanted text in the answer's body. */
  public Wanted withBody(String text) {
    return new Wanted(cluster, service, imageDigest, revision, url, commit, build, text, headers);
  }

  /** This with wanted headers of the answer. */
  public Wanted withHeaders(Map<String, String> wanted) {
    return new Wanted(cluster, service, imageDigest, revision, url, commit, build, body, wanted);
  }

  /** The address, when one was given. */
  public Optional<URI> address() {
    return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
  }
}

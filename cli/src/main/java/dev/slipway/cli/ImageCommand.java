package dev.slipway.cli;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** What the pipeline asks the registry, so that it needs no AWS CLI. */
@Command(
    name = "image",
    description = "Ask the registry for an image, or for the way to push one.",
    subcommands = {ImageCommand.Find.class, ImageCommand.Login.class})
final class ImageCommand {

  private ImageCommand() {}

  /** Prints the digest of a tag. */
  @Command(name = "find", description = "Print the digest of a tag; exit 1 when there is none.")
  static final class Find implements Callable<Integer> {

    @Option(names = "--repository", required = true, description = "The repository's name.")
    private String repository;

    @Option(names = "--tag", required = true, description = "The tag.")
    private String tag;

    @Override
    public Integer call() {
      ImageIdentifier image = ImageIdentifier.builder().imageTag(tag).build();
      try (EcrClient ecr = client()) {
        List<ImageDetail> found =
            ecr.describeImages(q -> q.repositoryName(repository).imageIds(image)).imageDetails();
        System.out.println(found.getFirst().imageDigest());
        return 0;
      } catch (RepositoryNotFoundException | ImageNotFoundException e) {
        System.err.printf(
            "no image %s:%s in the registry%n  seen    %s%n  cause   it was not pushed yet%n  try   "
                + "  make image%n",
            repository, tag, e.awsErrorDetails().errorMessage());
        return 1;
      }
    }
  }

  /**
   * Prints four lines: the repository's URI, the user, the password, and whether the registry is
   * plain HTTP. For scripts only: the password is good for twelve hours.
   */
  @Command(name = "login", description = "Print what a pusher needs, a line each.", hidden = true)
  static final class Login implements Callable<Integer> {

    @Option(names = "--repository", required = true, description = "The repository's name.")
    private String repository;

    @Override
    public Integer call() {
      try (EcrClient ecr = client()) {
        String uri =
            ecr.describeRepositories(q -> q.repositoryNames(repository))
                .repositories()
                .getFirst()
                .repositoryUri();
        AuthorizationData data = ecr.getAuthorizationToken().authorizationData().getFirst();
        String[] login =
            new String(
                    Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8)
                .split(":", 2);
        boolean plain = "http".equals(URI.create(data.proxyEndpoint()).getScheme());
        System.out.printf("%s%n%s%n%s%n%s%n", uri, login[0], login[1], plain);
        return 0;
      }
    }
  }

  private static EcrClient client() {
    return EcrClient.builder().httpClient(UrlConnectionHttpClient.create()).build();
  }
}

package dev.slipway.twin.ecr;

import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;

/** The registry itself: tokens. Source: ECR user guide, registry_auth. */
final class RegistryApi {

  private final World world;
  private final Repositories repositories;
  private final TokenDesk tokens;
  private final String registryHost;

  RegistryApi(World world, Repositories repositories, TokenDesk tokens, String registryHost) {
    this.world = world;
    this.repositories = repositories;
    this.tokens = tokens;
    this.registryHost = registryHost;
  }

  public GetAuthorizationTokenResponse token(GetAuthorizationTokenRequest request) {
    RegistryToken token = tokens.token("*", TokenDesk.TOKEN_LIFETIME);
    String login = "AWS:" + tokens.encode(token);
    AuthorizationData data =
        AuthorizationData.builder()
            .authorizationToken(
                Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
            .expiresAt(token.expiresAt())
            .proxyEndpoint("http://" + registryHost)
            .build();
    return GetAuthorizationTokenResponse.builder().authorizationData(data).build();
  }

  public DescribeRegistryResponse describe(DescribeRegistryRequest request) {
    return DescribeRegistryResponse.builder()
        .registryId(repositories.registryId())
        .replicationConfiguration(r -> r.rules(List.of()))
        .build();
  }
}

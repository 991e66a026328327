package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRegistryResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.RegistryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ScanType;

/** The registry itself: tokens and settings. Source: ECR user guide, registry_auth. */
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

  public GetRegistryScanningConfigurationResponse scanning(
      GetRegistryScanningConfigurationRequest request) {
    return GetRegistryScanningConfigurationResponse.builder()
        .registryId(repositories.registryId())
        .scanningConfiguration(
            settings()
                .find("scanning")
                .orElseGet(() ->
                    RegistryScanningConfiguration.builder()
                        .scanType(ScanType.BASIC)
                        .rules(List.of())
                        .build()))
        .build();
  }

  public PutRegistryScanningConfigurationResponse scanning(
      PutRegistryScanningConfigurationRequest request) {
    if (request.scanType() == ScanType.ENHANCED || !request.rules().isEmpty()) {
      throw AwsError.of(
          "InvalidParameterException",
          "enhanced scanning and scanning rules are not supported by the twin");
    }
    RegistryScanningConfiguration configuration =
        RegistryScanningConfiguration.builder().scanType(ScanType.BASIC).rules(List.of()).build();
    settings().put("scanning", configuration);
    return PutRegistryScanningConfigurationResponse.builder()
        .registryScanningConfiguration(configuration)
        .build();
  }

  private Table<RegistryScanningConfiguration> settings() {
    return world.table("ecr.registrySettings");
  }
}

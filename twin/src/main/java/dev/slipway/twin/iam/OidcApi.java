package dev.slipway.twin.iam;

import dev.slipway.twin.iam.IamTables.OidcProvider;
import dev.slipway.twin.world.AwsError;
import java.util.List;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;

/** OpenID Connect providers, through which pipelines assume roles without keys. */
public final class OidcApi {

  private final IamTables tables;

  OidcApi(IamTables tables) {
    this.tables = tables;
  }

  /** CreateOpenIDConnectProvider. */
  public CreateOpenIdConnectProviderResponse createOpenIdConnectProvider(
      CreateOpenIdConnectProviderRequest request) {
    if (request.url() == null || !request.url().startsWith("https://")) {
      throw AwsError.of("ValidationError", "Invalid Open ID Connect Provider URL");
    }
    String host = request.url().substring("https://".length());
    String arn = tables.arn("oidc-provider/" + host);
    if (tables.oidc().contains(arn)) {
      throw IamTables.alreadyExists("Provider with url " + request.url() + " already exists.");
    }
    tables
        .oidc()
        .put(
            arn,
            new OidcProvider(
                arn,
                host,
                List.copyOf(request.clientIDList()),
                List.copyOf(request.thumbprintList()),
                tables.world().now(),
                List.copyOf(request.tags())));
    return CreateOpenIdConnectProviderResponse.builder()
        .openIDConnectProviderArn(arn)
        .tags(request.tags())
        .build();
  }

  /** GetOpenIDConnectProvider. */
  public GetOpenIdConnectProviderResponse getOpenIdConnectProvider(
      GetOpenIdConnectProviderRequest request) {
    OidcProvider provider = find(request.openIDConnectProviderArn());
    return GetOpenIdConnectProviderResponse.builder()
        .url(provider.url())
        .clientIDList(provider.clientIds())
        .thumbprintList(provider.thumbprints())
        .createDate(provider.created())
        .tags(provider.tags())
        .build();
  }

  /** ListOpenIDConnectProviders. */
  public ListOpenIdConnectProvidersResponse listOpenIdConnectProviders(
      ListOpenIdConnectProvidersRequest request) {
    return ListOpenIdConnectProvidersResponse.builder()
        .openIDConnectProviderList(
            tables.oidc().all().stream()
                .map(p -> OpenIDConnectProviderListEntry.builder().arn(p.arn()).build())
                .toList())
        .build();
  }

  /** DeleteOpenIDConnectProvider. */
  public DeleteOpenIdConnectProviderResponse deleteOpenIdConnectProvider(
      DeleteOpenIdConnectProviderRequest request) {
    find(request.openIDConnectProviderArn());
    tables.oidc().remove(request.openIDConnectProviderArn());
    return DeleteOpenIdConnectProviderResponse.builder().build();
  }

  private OidcProvider find(String arn) {
    return tables
        .oidc()
        .find(arn)
        .orElseThrow(
            () -> IamTables.noSuchEntity("OpenIDConnect Provider not found for arn " + arn));
  }
}

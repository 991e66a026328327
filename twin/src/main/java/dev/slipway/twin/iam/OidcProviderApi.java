package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Parameters;
import dev.slipway.twin.world.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.AddClientIdToOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.CreateOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.DeleteOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersRequest;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.OpenIDConnectProviderListEntry;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.RemoveClientIdFromOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.TagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderRequest;
import software.amazon.awssdk.services.iam.model.UntagOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintRequest;
import software.amazon.awssdk.services.iam.model.UpdateOpenIdConnectProviderThumbprintResponse;

/** OpenID Connect providers. Source: IAM API reference. */
final class OidcProviderApi {

  /**
   * A provider.
   *
   * @param host its URL without the scheme
   */
  record Provider(
      String arn,
      String host,
      List<String> audiences,
      List<String> thumbprints,
      List<Tag> tags,
      Instant created) {}

  /**
   * Where IAM gets a certificate's thumbprint by itself, the twin writes zeros: it has no network.
   */
  private static final String NO_THUMBPRINT = "0".repeat(40);

  private final IamStore store;

  OidcProviderApi(IamStore store) {
    this.store = store;
  }

  private Table<Provider> table() {
    return store.home().table("iam.oidcProviders");
  }

  Optional<Provider> find(String url) {
    return table().find(arn(url));
  }

  private String arn(String url) {
    return store.arn("oidc-provider", "/", host(url));
  }

  private static String host(String url) {
    String host = url.replaceFirst("^https://", "");
    return host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
  }

  public CreateOpenIdConnectProviderResponse create(CreateOpenIdConnectProviderRequest request) {
    String url = request.url();
    if (!Parameters.required(url, "ValidationError", "url").startsWith("https://")) {
      throw new AwsError("InvalidInput", 400, "Invalid Open ID Connect Provider URL");
    }
    Provider provider =
        new Provider(
            arn(url),
            host(url),
            List.copyOf(request.clientIDList()),
            request.thumbprintList().isEmpty()
                ? List.of(NO_THUMBPRINT)
                : List.copyOf(request.thumbprintList()),
            Names.tags(List.of(), request.tags(), List.of()),
            store.home().now());
    if (table().contains(provider.arn())) {
      throw IamErrors.exists("Provider with url https://" + provider.host() + " already exists.");
    }
    table().put(provider.arn(), provider);
    return CreateOpenIdConnectProviderResponse.builder()
        .openIDConnectProviderArn(provider.arn())
        .tags(provider.tags().isEmpty() ? null : provider.tags())
        .build();
  }

  public GetOpenIdConnectProviderResponse get(GetOpenIdConnectProviderRequest request) {
    Provider provider = require(request.openIDConnectProviderArn());
    return GetOpenIdConnectProviderResponse.builder()
        .url(provider.host())
        .clientIDList(provider.audiences())
        .thumbprintList(provider.thumbprints())
        .createDate(provider.created())
        .tags(provider.tags().isEmpty() ? null : provider.tags())
        .build();
  }

  public ListOpenIdConnectProvidersResponse list(ListOpenIdConnectProvidersRequest request) {
    return ListOpenIdConnectProvidersResponse.builder()
        .openIDConnectProviderList(
            table().all().stream()
                .map(p -> OpenIDConnectProviderListEntry.builder().arn(p.arn()).build())
                .toList())
        .build();
  }

  public DeleteOpenIdConnectProviderResponse delete(DeleteOpenIdConnectProviderRequest request) {
    // Deleting what is not there succeeds. Source: IAM API reference, DeleteOpenIDConnectProvider.
    table().remove(request.openIDConnectProviderArn());
    return DeleteOpenIdConnectProviderResponse.builder().build();
  }

  public AddClientIdToOpenIdConnectProviderResponse add(
      AddClientIdToOpenIdConnectProviderRequest request) {
    change(
        request.openIDConnectProviderArn(),
        p -> {
          List<String> audiences = new ArrayList<>(p.audiences());
          audiences.remove(request.clientID());
          audiences.add(request.clientID());
          return with(p, audiences, p.thumbprints(), p.tags());
        });
    return AddClientIdToOpenIdConnectProviderResponse.builder().build();
  }

  public RemoveClientIdFromOpenIdConnectProviderResponse remove(
      RemoveClientIdFromOpenIdConnectProviderRequest request) {
    change(
        request.openIDConnectProviderArn(),
        p -> {
          List<String> audiences = new ArrayList<>(p.audiences());
          audiences.remove(request.clientID());
          return with(p, audiences, p.thumbprints(), p.tags());
        });
    return RemoveClientIdFromOpenIdConnectProviderResponse.builder().build();
  }

  public UpdateOpenIdConnectProviderThumbprintResponse update(
      UpdateOpenIdConnectProviderThumbprintRequest request) {
    change(
        request.openIDConnectProviderArn(),
        p -> with(p, p.audiences(), request.thumbprintList(), p.tags()));
    return UpdateOpenIdConnectProviderThumbprintResponse.builder().build();
  }

  public TagOpenIdConnectProviderResponse tag(TagOpenIdConnectProviderRequest request) {
    change(
        request.openIDConnectProviderArn(),
        p ->
            with(
                p,
                p.audiences(),
                p.thumbprints(),
                Names.tags(p.tags(), request.tags(), List.of())));
    return TagOpenIdConnectProviderResponse.builder().build();
  }

  public UntagOpenIdConnectProviderResponse untag(UntagOpenIdConnectProviderRequest request) {
    change(
        request.openIDConnectProviderArn(),
        p ->
            with(
                p,
                p.audiences(),
                p.thumbprints(),
                Names.tags(p.tags(), List.of(), request.tagKeys())));
    return UntagOpenIdConnectProviderResponse.builder().build();
  }

  private void change(String arn, UnaryOperator<Provider> change) {
    require(arn);
    table().update(arn, change);
  }

  private static Provider with(
      Provider old, List<String> audiences, List<String> thumbprints, List<Tag> tags) {
    return new Provider(
        old.arn(),
        old.host(),
        List.copyOf(audiences),
        List.copyOf(thumbprints),
        tags,
        old.created());
  }

  private Provider require(String arn) {
    return table()
        .find(arn)
        .orElseThrow(() -> IamErrors.notFound("OpenIDConnect Provider not found for arn " + arn));
  }
}

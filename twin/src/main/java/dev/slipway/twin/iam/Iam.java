package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.PolicyDocument;
import dev.slipway.twin.iam.policy.Statement;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * IAM of one account. Its state lies in one world, the account's home; its operations answer in the
 * worlds of all regions.
 */
public final class Iam implements Authority {

  private final IamStore store;
  private final PolicyEngine engine;

  /** The IAM of the account whose home world this is. */
  public Iam(World home) {
    this.store = new IamStore(home);
    this.engine = new PolicyEngine(store);
  }

  /** Registers the API's operations at a world of the account, the home one or another. */
  public void register(Operations operations) {
    operations.registerLater(
        "iam",
        List.of(
            new RoleApi(store),
            new RoleTagApi(store),
            new ServiceRoleApi(store),
            new RolePolicyApi(store),
            new AttachmentApi(store),
            new PolicyApi(store),
            new PolicyVersionApi(store),
            new OidcProviderApi(store),
            new ServerCertificateApi(store),
            new AccountApi(),
            new SimulationApi(store, engine),
            new UserApi(store),
            new AuthorizationDetailsApi(store),
            new UserPolicyApi(store)));
  }

  /** Registers the operations that hand out access keys, too. */
  public void register(Operations operations, Credentials credentials) {
    register(operations);
    operations.registerLater("iam", List.of(new AccessKeyApi(store, credentials)));
  }

  /** Makes the access keys of a restored account known. */
  public void resume(Credentials credentials) {
    store.home().run(() -> new AccessKeyApi(store, credentials).resume());
  }

  /** Whether whoever makes a call may do it, by the policies of the role or user. */
  public Decision decide(String callerArn, Access access) {
    return store.home().call(() -> engine.decideFor(callerArn, access));
  }

  /** The same on a resource with a policy of its own. */
  Decision decide(String callerArn, Access access, Optional<String> resourcePolicy) {
    return store.home().call(() -> engine.decideFor(callerArn, access, resourcePolicy));
  }

  /** A server certificate with all that signs it, and its key. */
  public record ServerCertificate(String chainPem, String keyPem) {}

  /** The server certificate of an ARN. */
  public Optional<ServerCertificate> serverCertificate(String arn) {
    return store
        .home()
        .call(() -> new ServerCertificateApi(store).find(arn))
        .map(c -> new ServerCertificate(c.body().strip() + "\n" + c.chain(), c.key()));
  }

  /** IAM waits for nothing. */
  public void resume() {}

  /** The role of an ARN. */
  public Optional<Role> role(String roleArn) {
    return store.home().call(() -> store.roleOf(roleArn));
  }

  /** The role of a name. */
  public Optional<Role> roleNamed(String name) {
    return store.home().call(() -> store.roles().find(name));
  }

  /** The tags of roles and policies by ARN, for the tagging API. */
  public Stream<Map.Entry<String, Map<String, String>>> tagged() {
    return store
        .home()
        .call(() -> {
          List<Map.Entry<String, Map<String, String>>> found = new ArrayList<>();
          store.roles().all().forEach(role -> found.add(Map.entry(role.arn(), byKey(role.tags()))));
          store.policies().all().forEach(p -> found.add(Map.entry(p.arn(), byKey(p.tags()))));
          found.removeIf(entry -> entry.getValue().isEmpty());
          return found.stream();
        });
  }

  /**
   * Whether a role's trust policy lets a principal perform an action of STS.
   *
   * @param context condition keys with their values
   */
  public boolean trusts(
      String roleArn,
      Statement.Principal principal,
      String action,
      Map<String, List<String>> context) {
    Access access = new Access(principal, action, "", context);
    return store
        .home()
        .call(() ->
            store
                .roleOf(roleArn)
                .filter(role -> engine.trust(role, access) == PolicyDocument.Effect.ALLOWED)
                .isPresent());
  }

  /** The audiences of an identity provider, or empty when the account does not know it. */
  public Optional<List<String>> audiences(String providerUrl) {
    return store
        .home()
        .call(() ->
            new OidcProviderApi(store).find(providerUrl).map(OidcProviderApi.Provider::audiences));
  }

  @Override
  public boolean canAssume(String roleArn, String servicePrincipal) {
    return canAssume(roleArn, servicePrincipal, Map.of());
  }

  /**
   * {@inheritDoc}
   *
   * <p>A service acts for a resource of this account and says so. Source: IAM user guide, "The
   * confused deputy problem", aws:SourceAccount.
   */
  @Override
  public boolean canAssume(String roleArn, String servicePrincipal, Map<String, String> context) {
    Map<String, List<String>> keys = new TreeMap<>();
    keys.put("aws:SourceAccount", List.of(store.account()));
    context.forEach((key, value) -> keys.put(key, List.of(value)));
    return trusts(
        roleArn, new Statement.Principal("Service", servicePrincipal), "sts:AssumeRole", keys);
  }

  @Override
  public Decision authorize(
      String roleArn, String action, String resource, Map<String, String> context) {
    return store.home().call(() -> engine.decide(roleArn, Access.to(action, resource, context)));
  }

  @Override
  public Decision throughEndpoint(
      String document,
      String roleArn,
      String action,
      String resource,
      Map<String, String> context) {
    return store
        .home()
        .call(() -> engine.endpoint(document, roleArn, Access.to(action, resource, context)));
  }

  private static Map<String, String> byKey(List<Tag> tags) {
    Map<String, String> found = new LinkedHashMap<>();
    tags.forEach(tag -> found.put(tag.key(), tag.value()));
    return found;
  }
}

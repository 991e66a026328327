package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.PolicyReader;
import dev.slipway.twin.world.Page;
import java.util.List;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;

/** Inline policies of roles. Source: IAM API reference. */
final class RolePolicyApi {

  /** Source: IAM user guide, reference_iam-quotas: white space does not count. */
  private static final int MAX_TOTAL = 10_240;

  private final IamStore store;

  RolePolicyApi(IamStore store) {
    this.store = store;
  }

  public PutRolePolicyResponse put(PutRolePolicyRequest request) {
    String role = store.requireOwnRole(request.roleName()).roleName();
    String name = Names.checked(request.policyName(), "policyName", 128);
    PolicyReader.identityPolicy(request.policyDocument());
    int others =
        store.inlineOf(role).stream()
            .filter(policy -> !policy.name().equals(name))
            .mapToInt(policy -> size(policy.document()))
            .sum();
    if (others + size(request.policyDocument()) > MAX_TOTAL) {
      throw IamErrors.limit("Maximum policy size of 10240 bytes exceeded for role " + role);
    }
    store
        .inlinePolicies()
        .put(key(role, name), new IamStore.InlinePolicy(role, name, request.policyDocument()));
    return PutRolePolicyResponse.builder().build();
  }

  public GetRolePolicyResponse get(GetRolePolicyRequest request) {
    IamStore.InlinePolicy policy = require(request.roleName(), request.policyName());
    return GetRolePolicyResponse.builder()
        .roleName(policy.roleName())
        .policyName(policy.name())
        .policyDocument(policy.document())
        .build();
  }

  public DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request) {
    store.requireOwnRole(request.roleName());
    IamStore.InlinePolicy policy = require(request.roleName(), request.policyName());
    store.inlinePolicies().remove(key(policy.roleName(), policy.name()));
    return DeleteRolePolicyResponse.builder().build();
  }

  public ListRolePoliciesResponse list(ListRolePoliciesRequest request) {
    store.requireRole(request.roleName());
    List<String> names =
        store.inlineOf(request.roleName()).stream()
            .map(IamStore.InlinePolicy::name)
            .sorted()
            .toList();
    Page<String> page = Page.of(names, request.marker(), request.maxItems(), 100);
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  private IamStore.InlinePolicy require(String role, String name) {
    store.requireRole(role);
    return store
        .inlinePolicies()
        .find(key(role, name))
        .orElseThrow(
            () -> IamErrors.notFound("The role policy with name " + name + " cannot be found."));
  }

  private static String key(String role, String name) {
    return role + '/' + name;
  }

  private static int size(String document) {
    return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
  }
}

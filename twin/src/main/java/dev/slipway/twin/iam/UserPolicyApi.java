package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.PolicyReader;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetUserPolicyResponse;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListUserPoliciesResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyResponse;

/** Policies of users, inline and managed. Source: IAM API reference. */
final class UserPolicyApi {

  private final IamStore store;

  UserPolicyApi(IamStore store) {
    this.store = store;
  }

  public PutUserPolicyResponse put(PutUserPolicyRequest request) {
    String user = store.requireUser(request.userName()).userName();
    String name = Names.checked(request.policyName(), "policyName", 128);
    PolicyReader.identityPolicy(request.policyDocument());
    store
        .userPolicies()
        .put(key(user, name), new IamStore.InlinePolicy(user, name, request.policyDocument()));
    return PutUserPolicyResponse.builder().build();
  }

  public GetUserPolicyResponse get(GetUserPolicyRequest request) {
    IamStore.InlinePolicy policy = require(request.userName(), request.policyName());
    return GetUserPolicyResponse.builder()
        .userName(policy.roleName())
        .policyName(policy.name())
        .policyDocument(policy.document())
        .build();
  }

  public DeleteUserPolicyResponse delete(DeleteUserPolicyRequest request) {
    IamStore.InlinePolicy policy = require(request.userName(), request.policyName());
    store.userPolicies().remove(key(policy.roleName(), policy.name()));
    return DeleteUserPolicyResponse.builder().build();
  }

  public ListUserPoliciesResponse list(ListUserPoliciesRequest request) {
    String user = store.requireUser(request.userName()).userName();
    List<String> names =
        store.inlineOfUser(user).stream().map(IamStore.InlinePolicy::name).sorted().toList();
    return ListUserPoliciesResponse.builder().policyNames(names).isTruncated(false).build();
  }

  public AttachUserPolicyResponse attach(AttachUserPolicyRequest request) {
    String user = store.requireUser(request.userName()).userName();
    String arn = request.policyArn();
    Policy policy =
        store
            .policy(arn)
            .orElseThrow(() ->
                IamErrors.notFound("Policy " + arn + " does not exist or is not attachable."));
    store
        .userAttachments()
        .put(key(user, arn), new IamStore.Attachment(user, arn, policy.policyName()));
    return AttachUserPolicyResponse.builder().build();
  }

  public DetachUserPolicyResponse detach(DetachUserPolicyRequest request) {
    String user = store.requireUser(request.userName()).userName();
    if (store.userAttachments().remove(key(user, request.policyArn())).isEmpty()) {
      throw IamErrors.notFound("Policy " + request.policyArn() + " was not found.");
    }
    return DetachUserPolicyResponse.builder().build();
  }

  public ListAttachedUserPoliciesResponse attached(ListAttachedUserPoliciesRequest request) {
    String user = store.requireUser(request.userName()).userName();
    List<AttachedPolicy> policies =
        store.attachedToUser(user).stream()
            .map(attachment ->
                AttachedPolicy.builder()
                    .policyName(attachment.policyName())
                    .policyArn(attachment.policyArn())
                    .build())
            .sorted(Comparator.comparing(AttachedPolicy::policyName))
            .toList();
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(policies)
        .isTruncated(false)
        .build();
  }

  private IamStore.InlinePolicy require(String user, String name) {
    store.requireUser(user);
    return store
        .userPolicies()
        .find(key(user, name))
        .orElseThrow(
            () -> IamErrors.notFound("The user policy with name " + name + " cannot be found."));
  }

  private static String key(String user, String policy) {
    return user + '|' + policy;
  }
}

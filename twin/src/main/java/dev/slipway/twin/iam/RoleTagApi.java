package dev.slipway.twin.iam;

import java.util.List;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;

/** Tags of roles. */
final class RoleTagApi {

  private final IamStore store;

  RoleTagApi(IamStore store) {
    this.store = store;
  }

  public TagRoleResponse tag(TagRoleRequest request) {
    change(request.roleName(), request.tags(), List.of());
    return TagRoleResponse.builder().build();
  }

  public UntagRoleResponse untag(UntagRoleRequest request) {
    change(request.roleName(), List.of(), request.tagKeys());
    return UntagRoleResponse.builder().build();
  }

  public ListRoleTagsResponse list(ListRoleTagsRequest request) {
    Role role = store.requireRole(request.roleName());
    return ListRoleTagsResponse.builder().tags(role.tags()).isTruncated(false).build();
  }

  private void change(String name, List<Tag> set, List<String> removed) {
    store.requireOwnRole(name);
    store
        .roles()
        .update(
            name,
            role -> {
              List<Tag> tags = Names.tags(role.tags(), set, removed);
              return role.toBuilder().tags(tags.isEmpty() ? null : tags).build();
            });
  }
}

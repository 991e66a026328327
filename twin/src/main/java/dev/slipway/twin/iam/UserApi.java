package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Page;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.CreateUserResponse;
import software.amazon.awssdk.services.iam.model.DeleteUserRequest;
import software.amazon.awssdk.services.iam.model.DeleteUserResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.ListUsersResponse;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.User;

/** Users. Source: IAM API reference. */
final class UserApi {

  private final IamStore store;

  UserApi(IamStore store) {
    this.store = store;
  }

  public CreateUserResponse create(CreateUserRequest request) {
    String name = Names.checked(request.userName(), "userName", 64);
    String path = Names.path(request.path());
    if (store.users().contains(name)) {
      throw IamErrors.exists("User with name " + name + " already exists.");
    }
    User user =
        User.builder()
            .path(path)
            .userName(name)
            .userId(store.id("AIDA"))
            .arn(store.arn("user", path, name))
            .createDate(store.home().now())
            .permissionsBoundary(boundary(request.permissionsBoundary()))
            .tags(request.hasTags() ? Names.tags(List.of(), request.tags(), List.of()) : null)
            .build();
    store.users().put(name, user);
    return CreateUserResponse.builder().user(user).build();
  }

  private AttachedPermissionsBoundary boundary(String arn) {
    if (arn == null) {
      return null;
    }
    if (store.policy(arn).isEmpty()) {
      throw IamErrors.notFound("Scope ARN: " + arn + " does not exist or is not attachable.");
    }
    return AttachedPermissionsBoundary.builder()
        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
        .permissionsBoundaryArn(arn)
        .build();
  }

  /** Without a name it is the caller. */
  public GetUserResponse get(GetUserRequest request) {
    if (request.userName() != null) {
      return GetUserResponse.builder().user(store.requireUser(request.userName())).build();
    }
    Caller caller = Caller.current(store.account());
    if (caller.arn().endsWith(":root")) {
      return GetUserResponse.builder()
          .user(User.builder().userId(store.account()).arn(caller.arn()).build())
          .build();
    }
    User user =
        store
            .userOf(caller.arn())
            .orElseThrow(() ->
                AwsError.of(
                    "ValidationError",
                    "Must specify userName when calling with non-User credentials"));
    return GetUserResponse.builder().user(user).build();
  }

  public ListUsersResponse list(ListUsersRequest request) {
    String prefix = request.pathPrefix() == null ? "/" : request.pathPrefix();
    List<User> users =
        store.users().where(user -> user.path().startsWith(prefix)).stream()
            .sorted(Comparator.comparing(User::userName))
            .toList();
    Page<User> page = Page.of(users, request.marker(), request.maxItems(), 100);
    return ListUsersResponse.builder()
        .users(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  public DeleteUserResponse delete(DeleteUserRequest request) {
    String name = store.requireUser(request.userName()).userName();
    if (!AccessKeyApi.keysOf(store, name).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete access keys first.");
    }
    if (!store.attachedToUser(name).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
    }
    if (!store.inlineOfUser(name).isEmpty()) {
      throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
    }
    store.users().remove(name);
    return DeleteUserResponse.builder().build();
  }
}

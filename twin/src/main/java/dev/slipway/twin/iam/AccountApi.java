package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import java.util.List;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;
import software.amazon.awssdk.services.iam.model.User;

/** The account itself. The twin has no users: a key is the root's or a role session's. */
final class AccountApi {

  private final IamStore store;

  AccountApi(IamStore store) {
    this.store = store;
  }

  public GetUserResponse user(GetUserRequest request) {
    Caller caller = Caller.current(store.account());
    if (request.userName() != null) {
      throw IamErrors.notFound("The user with name " + request.userName() + " cannot be found.");
    }
    if (!caller.arn().endsWith(":root")) {
      throw new AwsError(
          "ValidationError", 400, "Must specify userName when calling with non-User credentials");
    }
    return GetUserResponse.builder()
        .user(User.builder().userId(store.account()).arn(caller.arn()).build())
        .build();
  }

  public ListAccountAliasesResponse aliases(ListAccountAliasesRequest request) {
    return ListAccountAliasesResponse.builder()
        .accountAliases(List.of())
        .isTruncated(false)
        .build();
  }
}

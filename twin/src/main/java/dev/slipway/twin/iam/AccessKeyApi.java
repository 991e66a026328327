package dev.slipway.twin.iam;

import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Table;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyResponse;

/** Access keys of users. Source: IAM API reference. */
final class AccessKeyApi {

  /** Source: IAM user guide, reference_iam-quotas. */
  private static final int MAX_PER_USER = 2;

  private final IamStore store;
  private final Credentials credentials;

  AccessKeyApi(IamStore store, Credentials credentials) {
    this.store = store;
    this.credentials = credentials;
  }

  /** A key of a user, without its secret, which only its maker ever sees. */
  record Key(String id, String userName, boolean active, Instant created) {}

  private static Table<Key> table(IamStore store) {
    return store.home().table("iam.accessKeys");
  }

  static List<Key> keysOf(IamStore store, String user) {
    return table(store).where(key -> key.userName().equals(user));
  }

  /** Makes the keys of a restored account known. */
  void resume() {
    table(store).all().stream().filter(Key::active).forEach(this::issue);
  }

  private void issue(Key key) {
    store
        .users()
        .find(key.userName())
        .ifPresent(user ->
            credentials.issue(store.account(), new Caller(key.id(), user.arn(), user.userId())));
  }

  public CreateAccessKeyResponse create(CreateAccessKeyRequest request) {
    String user = user(request.userName());
    if (keysOf(store, user).size() >= MAX_PER_USER) {
      throw IamErrors.limit("Cannot exceed quota for AccessKeysPerUser: " + MAX_PER_USER);
    }
    Key key = new Key("AKIA" + store.id("").substring(1), user, true, store.home().now());
    table(store).put(key.id(), key);
    issue(key);
    return CreateAccessKeyResponse.builder()
        .accessKey(
            AccessKey.builder()
                .userName(user)
                .accessKeyId(key.id())
                .status(StatusType.ACTIVE)
                .secretAccessKey(store.home().ids().alphanumeric(40))
                .createDate(key.created())
                .build())
        .build();
  }

  public ListAccessKeysResponse list(ListAccessKeysRequest request) {
    List<AccessKeyMetadata> keys =
        keysOf(store, user(request.userName())).stream()
            .map(key ->
                AccessKeyMetadata.builder()
                    .userName(key.userName())
                    .accessKeyId(key.id())
                    .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                    .createDate(key.created())
                    .build())
            .toList();
    return ListAccessKeysResponse.builder().accessKeyMetadata(keys).isTruncated(false).build();
  }

  public UpdateAccessKeyResponse update(UpdateAccessKeyRequest request) {
    Key key = require(request.userName(), request.accessKeyId());
    if (request.status() == StatusType.UNKNOWN_TO_SDK_VERSION || request.status() == null) {
      throw IamErrors.invalid(
          request.statusAsString(),
          "status",
          "Member must satisfy enum value set: [Active, Inactive]");
    }
    boolean active = request.status() == StatusType.ACTIVE;
    table(store).put(key.id(), new Key(key.id(), key.userName(), active, key.created()));
    if (active) {
      issue(key);
    } else {
      credentials.revoke(key.id());
    }
    return UpdateAccessKeyResponse.builder().build();
  }

  public DeleteAccessKeyResponse delete(DeleteAccessKeyRequest request) {
    Key key = require(request.userName(), request.accessKeyId());
    table(store).remove(key.id());
    credentials.revoke(key.id());
    return DeleteAccessKeyResponse.builder().build();
  }

  private Key require(String userName, String id) {
    String user = user(userName);
    return table(store)
        .find(String.valueOf(id))
        .filter(key -> key.userName().equals(user))
        .orElseThrow(
            () -> IamErrors.notFound("The Access Key with id " + id + " cannot be found."));
  }

  /** Without a name it is the caller. */
  private String user(String name) {
    if (name != null) {
      return store.requireUser(name).userName();
    }
    String arn = Caller.current(store.account()).arn();
    return store.userOf(arn).orElseThrow(() -> IamErrors.noUser("root")).userName();
  }
}

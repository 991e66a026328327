package dev.slipway.twin.ec2;

import dev.slipway.topology.Cidr;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.CreateManagedPrefixListResponse;
import software.amazon.awssdk.services.ec2.model.DeleteManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.DeleteManagedPrefixListResponse;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListAssociationsRequest;
import software.amazon.awssdk.services.ec2.model.GetManagedPrefixListAssociationsResponse;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.ModifyManagedPrefixListRequest;
import software.amazon.awssdk.services.ec2.model.ModifyManagedPrefixListResponse;
import software.amazon.awssdk.services.ec2.model.PrefixListAssociation;
import software.amazon.awssdk.services.ec2.model.PrefixListEntry;
import software.amazon.awssdk.services.ec2.model.PrefixListState;
import software.amazon.awssdk.services.ec2.model.RestoreManagedPrefixListVersionRequest;
import software.amazon.awssdk.services.ec2.model.RestoreManagedPrefixListVersionResponse;

/** Prefix lists of the customer's own. Source: EC2 API reference, CreateManagedPrefixList. */
@Differs(
    value = "A prefix list is ready as soon as the call that makes or changes it is answered.",
    because = "AWS names no times, and the answer tells the state in between all the same.")
final class OwnPrefixListApi {

  private final World world;
  private final Stores stores;
  private final OwnPrefixLists lists;
  private final ClientTokens tokens;

  OwnPrefixListApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
    this.lists = new OwnPrefixLists(world, stores);
    this.tokens = new ClientTokens(world);
  }

  /** Creates a list in its first version. */
  public CreateManagedPrefixListResponse createManagedPrefixList(
      CreateManagedPrefixListRequest request) {
    Parameters.only(
        request,
        "PrefixListName",
        "Entries",
        "MaxEntries",
        "TagSpecifications",
        "AddressFamily",
        "ClientToken");
    Optional<ManagedPrefixList> before =
        tokens.madeBefore(stores.prefixLists, request.clientToken());
    if (before.isPresent()) {
      return CreateManagedPrefixListResponse.builder().prefixList(before.get()).build();
    }
    String name = name(Parameters.required("PrefixListName", request.prefixListName()));
    if (!"IPv4".equals(Parameters.required("AddressFamily", request.addressFamily()))) {
      throw Parameters.unsupported("AddressFamily=" + request.addressFamily());
    }
    String id = stores.prefixLists.newId();
    ManagedPrefixList made =
        ManagedPrefixList.builder()
            .prefixListId(id)
            .prefixListName(name)
            .prefixListArn(world.arn("ec2", "prefix-list/" + id))
            .addressFamily("IPv4")
            .maxEntries(size(Parameters.required("MaxEntries", request.maxEntries())))
            .version(1L)
            .ownerId(world.account())
            .state(PrefixListState.CREATE_COMPLETE)
            .tags(Tags.of(request.tagSpecifications(), "prefix-list"))
            .build();
    lists.save(made, added(made, List.of(), request.entries()));
    tokens.remember(stores.prefixLists, request.clientToken(), id);
    return CreateManagedPrefixListResponse.builder()
        .prefixList(made.toBuilder().state(PrefixListState.CREATE_IN_PROGRESS).build())
        .build();
  }

  /** Changes a list; other entries make another version. */
  public ModifyManagedPrefixListResponse modifyManagedPrefixList(
      ModifyManagedPrefixListRequest request) {
    Parameters.only(
        request,
        "PrefixListId",
        "CurrentVersion",
        "PrefixListName",
        "AddEntries",
        "RemoveEntries",
        "MaxEntries");
    ManagedPrefixList known = own(request.prefixListId());
    boolean entries = !request.addEntries().isEmpty() || !request.removeEntries().isEmpty();
    if (entries && request.maxEntries() != null) {
      throw AwsError.of(
          "InvalidParameterCombination",
          "You cannot modify the entries and the maximum entries for the prefix list in the same"
              + " request.");
    }
    checkVersion(known, request.currentVersion());
    List<PrefixListEntry> now = lists.entries(known.prefixListId(), known.version());
    ManagedPrefixList.Builder changed = known.toBuilder().state(PrefixListState.MODIFY_COMPLETE);
    if (request.prefixListName() != null) {
      changed.prefixListName(name(request.prefixListName()));
    }
    if (request.maxEntries() != null) {
      if (request.maxEntries() < now.size()) {
        throw AwsError.of(
            "InvalidParameterValue",
            "The maximum number of entries cannot be less than the number of entries in the list.");
      }
      changed.maxEntries(size(request.maxEntries()));
    }
    if (entries) {
      List<PrefixListEntry> rest = new ArrayList<>(now);
      request.removeEntries().forEach(e -> remove(rest, e.cidr()));
      now = added(known, rest, request.addEntries());
      changed.version(known.version() + 1);
    }
    ManagedPrefixList made = changed.build();
    lists.save(made, now);
    return ModifyManagedPrefixListResponse.builder()
        .prefixList(made.toBuilder().state(PrefixListState.MODIFY_IN_PROGRESS).build())
        .build();
  }

  /** Makes the entries of an earlier version those of a new one. */
  public RestoreManagedPrefixListVersionResponse restoreManagedPrefixListVersion(
      RestoreManagedPrefixListVersionRequest request) {
    Parameters.only(request, "PrefixListId", "PreviousVersion", "CurrentVersion");
    ManagedPrefixList known = own(request.prefixListId());
    checkVersion(known, Parameters.required("CurrentVersion", request.currentVersion()));
    long wanted = Parameters.required("PreviousVersion", request.previousVersion());
    if (!lists.hasVersion(known.prefixListId(), wanted)) {
      throw AwsError.of(
          "InvalidPrefixListVersion.NotFound",
          "The prefix list version '%d' does not exist.".formatted(wanted));
    }
    ManagedPrefixList made =
        known.toBuilder()
            .version(known.version() + 1)
            .state(PrefixListState.RESTORE_COMPLETE)
            .build();
    lists.save(made, lists.entries(known.prefixListId(), wanted));
    return RestoreManagedPrefixListVersionResponse.builder()
        .prefixList(made.toBuilder().state(PrefixListState.RESTORE_IN_PROGRESS).build())
        .build();
  }

  /** Deletes a list; one that is referred to stays and says so in its state. */
  public DeleteManagedPrefixListResponse deleteManagedPrefixList(
      DeleteManagedPrefixListRequest request) {
    Parameters.only(request, "PrefixListId");
    ManagedPrefixList known = own(request.prefixListId());
    if (lists.users(known.prefixListId()).isEmpty()) {
      lists.remove(known.prefixListId());
    } else {
      stores.prefixLists.put(
          known.toBuilder()
              .state(PrefixListState.DELETE_FAILED)
              .stateMessage("The prefix list is in use.")
              .build());
    }
    return DeleteManagedPrefixListResponse.builder()
        .prefixList(known.toBuilder().state(PrefixListState.DELETE_IN_PROGRESS).build())
        .build();
  }

  /** Lists the security groups and route tables that refer to a list. */
  public GetManagedPrefixListAssociationsResponse getManagedPrefixListAssociations(
      GetManagedPrefixListAssociationsRequest request) {
    Parameters.only(request, "PrefixListId", "MaxResults", "NextToken");
    ManagedPrefixList known = own(request.prefixListId());
    Page<PrefixListAssociation> page =
        Page.of(lists.users(known.prefixListId()), request.maxResults(), request.nextToken());
    return GetManagedPrefixListAssociationsResponse.builder()
        .prefixListAssociations(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private ManagedPrefixList own(String id) {
    String given = Parameters.required("PrefixListId", id);
    if (new AwsPrefixLists(world).has(given)) {
      throw AwsError.of(
          "UnsupportedOperation", "The prefix list %s is managed by AWS.".formatted(given));
    }
    return stores.prefixLists.require(given);
  }

  private static void checkVersion(ManagedPrefixList known, Long version) {
    if (version != null && !version.equals(known.version())) {
      throw AwsError.of(
          "PrefixListVersionMismatch", "The prefix list has the incorrect version number.");
    }
  }

  private static String name(String given) {
    if (given.startsWith("com.amazonaws") || given.length() > 255) {
      throw Parameters.invalid(
          given,
          "PrefixListName",
          "Names have at most 255 characters and no prefix com.amazonaws.");
    }
    return given;
  }

  private static int size(int given) {
    if (given < 1 || given > 1_000) {
      throw AwsError.of("InvalidParameterValue", "Must specify a max size between 1 and 1000");
    }
    return given;
  }

  private static void remove(List<PrefixListEntry> entries, String cidr) {
    String block = block(cidr);
    if (!entries.removeIf(e -> e.cidr().equals(block))) {
      throw AwsError.of(
          "InvalidParameterValue",
          "The prefix list has no entry for the CIDR %s.".formatted(block));
    }
  }

  private static List<PrefixListEntry> added(
      ManagedPrefixList list, List<PrefixListEntry> entries, List<AddPrefixListEntry> more) {
    List<PrefixListEntry> all = new ArrayList<>(entries);
    for (AddPrefixListEntry entry : more) {
      String block = block(entry.cidr());
      all.removeIf(e -> e.cidr().equals(block));
      all.add(PrefixListEntry.builder().cidr(block).description(entry.description()).build());
    }
    if (all.size() > list.maxEntries()) {
      throw AwsError.of(
          "PrefixListMaxEntriesExceeded",
          "You have reached the maximum number of entries for the prefix list.");
    }
    return all;
  }

  private static String block(String cidr) {
    if (cidr == null || !Cidr.isValid(cidr)) {
      throw AwsError.of("InvalidParameterValue", "CIDR block %s is malformed".formatted(cidr));
    }
    return Cidr.parse(cidr).toString();
  }
}

package dev.slipway.twin.ec2;

import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.ManagedPrefixList;
import software.amazon.awssdk.services.ec2.model.PrefixListState;

/** The prefix lists that AWS keeps. Source: VPC user guide, AWS-managed prefix lists. */
record AwsPrefixLists(World world) {

  /** Lists of addresses, of which the EC2 API tells the name and the id. */
  private record Known(String service, List<String> blocks) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("s3", List.of("52.218.0.0/17", "3.5.64.0/21")),
          new Known("dynamodb", List.of("52.94.24.0/23")));

  List<ManagedPrefixList> all() {
    return KNOWN.stream().map(k -> list(k.service())).toList();
  }

  /** The list of a service, for instance {@code s3}. */
  Optional<ManagedPrefixList> of(String service) {
    return KNOWN.stream()
        .filter(k -> k.service().equals(service))
        .map(k -> list(k.service()))
        .findFirst();
  }

  boolean has(String prefixListId) {
    return KNOWN.stream().anyMatch(k -> id(k.service()).equals(prefixListId));
  }

  List<String> blocks(String prefixListId) {
    return KNOWN.stream()
        .filter(k -> id(k.service()).equals(prefixListId))
        .flatMap(k -> k.blocks().stream())
        .toList();
  }

  private ManagedPrefixList list(String service) {
    String id = id(service);
    return ManagedPrefixList.builder()
        .prefixListId(id)
        .prefixListName("com.amazonaws." + world.region() + "." + service)
        .prefixListArn("arn:aws:ec2:" + world.region() + ":aws:prefix-list/" + id)
        .addressFamily("IPv4")
        .state(PrefixListState.CREATE_COMPLETE)
        .ownerId("AWS")
        .tags(List.of())
        .build();
  }

  private String id(String service) {
    int hash = (world.region() + '/' + service).hashCode();
    return "pl-" + String.format(Locale.ROOT, "%08x", hash);
  }
}

package dev.slipway.twin.ec2;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.AssignPrivateIpAddressesRequest;
import software.amazon.awssdk.services.ec2.model.AssignPrivateIpAddressesResponse;
import software.amazon.awssdk.services.ec2.model.AssignedPrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfacePrivateIpAddress;
import software.amazon.awssdk.services.ec2.model.UnassignPrivateIpAddressesRequest;
import software.amazon.awssdk.services.ec2.model.UnassignPrivateIpAddressesResponse;

/**
 * The further private addresses of network interfaces. Source: EC2 API reference,
 * AssignPrivateIpAddresses.
 */
final class SecondaryAddressApi {

  private final World world;
  private final Stores stores;

  SecondaryAddressApi(World world, Stores stores) {
    this.world = world;
    this.stores = stores;
  }

  /** Assigns given addresses, or as many free ones. */
  public AssignPrivateIpAddressesResponse assignPrivateIpAddresses(
      AssignPrivateIpAddressesRequest request) {
    Parameters.only(
        request, "NetworkInterfaceId", "PrivateIpAddresses", "SecondaryPrivateIpAddressCount");
    String id = Parameters.required("networkInterfaceId", request.networkInterfaceId());
    Interfaces.requireOwn(stores.networkInterfaces.require(id));
    List<String> made =
        assign(id, request.privateIpAddresses(), request.secondaryPrivateIpAddressCount());
    return AssignPrivateIpAddressesResponse.builder()
        .networkInterfaceId(id)
        .assignedPrivateIpAddresses(
            made.stream()
                .map(a -> AssignedPrivateIpAddress.builder().privateIpAddress(a).build())
                .toList())
        .build();
  }

  /** Assigns addresses to an interface, all of them or, when one cannot be had, none. */
  List<String> assign(String id, List<String> wanted, Integer count) {
    if (!wanted.isEmpty() && count != null) {
      throw AwsError.of(
          "InvalidParameterCombination",
          "The parameters privateIpAddresses and secondaryPrivateIpAddressCount cannot be used"
              + " together");
    }
    if (wanted.isEmpty() && (count == null || count < 1)) {
      throw AwsError.of(
          "MissingParameter", "The request must contain the parameter privateIpAddresses");
    }
    PrivateAddresses addresses = new PrivateAddresses(world, stores);
    NetworkInterface before = stores.networkInterfaces.require(id);
    var subnet = stores.subnets.require(before.subnetId());
    List<String> made = new ArrayList<>();
    try {
      for (int i = 0; i < (wanted.isEmpty() ? count : wanted.size()); i++) {
        String address =
            wanted.isEmpty() ? addresses.take(subnet) : addresses.take(subnet, wanted.get(i));
        made.add(address);
        add(id, address);
      }
    } catch (AwsError e) {
      stores.networkInterfaces.put(before);
      throw e;
    }
    return made;
  }

  private void add(String id, String address) {
    NetworkInterfacePrivateIpAddress more =
        NetworkInterfacePrivateIpAddress.builder()
            .primary(false)
            .privateIpAddress(address)
            .privateDnsName(Interfaces.privateName(world.region(), address))
            .build();
    stores.networkInterfaces.update(
        id,
        i ->
            i.toBuilder()
                .privateIpAddresses(
                    Stream.concat(i.privateIpAddresses().stream(), Stream.of(more)).toList())
                .build());
  }

  /** Gives further addresses back; the first one stays. */
  public UnassignPrivateIpAddressesResponse unassignPrivateIpAddresses(
      UnassignPrivateIpAddressesRequest request) {
    Parameters.only(request, "NetworkInterfaceId", "PrivateIpAddresses");
    String id = Parameters.required("networkInterfaceId", request.networkInterfaceId());
    NetworkInterface known = stores.networkInterfaces.require(id);
    Interfaces.requireOwn(known);
    for (String address : Parameters.required("privateIpAddress", request.privateIpAddresses())) {
      boolean secondary =
          known.privateIpAddresses().stream()
              .anyMatch(a -> address.equals(a.privateIpAddress()) && !a.primary());
      if (!secondary) {
        throw AwsError.of(
            "InvalidParameterValue",
            "Some of the specified addresses are not assigned to interface " + id);
      }
    }
    stores.networkInterfaces.put(
        known.toBuilder()
            .privateIpAddresses(
                known.privateIpAddresses().stream()
                    .filter(a -> !request.privateIpAddresses().contains(a.privateIpAddress()))
                    .toList())
            .build());
    return UnassignPrivateIpAddressesResponse.builder().build();
  }
}

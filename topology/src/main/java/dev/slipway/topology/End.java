package dev.slipway.topology;

import java.util.List;

/** An end of a connection as the rules see it. */
sealed interface End {

  /** Its IPv4 address. */
  String address();

  /** The security groups that it is a member of. */
  List<String> groups();

  /** The AWS service that it is, or an empty text. */
  String service();

  /** The source ports it connects from. */
  Ports ephemeral();

  /** How people call it. */
  String label();

  /**
   * An interface in a VPC.
   *
   * @param id the interface, or the subnet where one would be
   * @param ephemeral the source ports of its connections
   */
  record Inside(
      String id,
      String vpcId,
      String subnetId,
      List<String> groups,
      String address,
      boolean publicAddress,
      Ports ephemeral)
      implements End {
    @Override
    public String service() {
      return "";
    }

    @Override
    public String label() {
      return id;
    }

    Inside withGroups(List<String> other) {
      return new Inside(id, vpcId, subnetId, other, address, publicAddress, ephemeral);
    }
  }

  /** A host outside of all VPCs. */
  record Outside(String address, String service) implements End {
    @Override
    public List<String> groups() {
      return List.of();
    }

    @Override
    public Ports ephemeral() {
      return Ports.ANY_EPHEMERAL;
    }

    @Override
    public String label() {
      return service.isEmpty() ? address : service;
    }
  }
}

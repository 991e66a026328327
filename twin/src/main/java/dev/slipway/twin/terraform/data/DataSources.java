package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.DataHandler;
import java.util.List;

/** Every data source that the twin's provider offers. */
public final class DataSources {

  private DataSources() {}

  /** All handlers, one for each type. */
  public static List<DataHandler> all() {
    return List.of(
        new AvailabilityZonesData(),
        new CallerIdentityData(),
        new EcrImageData(),
        new EcrRepositoryData(),
        new EcsClusterData(),
        new EcsServiceData(),
        new IamPolicyDocumentData(),
        new IamOpenIdProviderData(),
        new LbData(),
        new ManagedPrefixListData(),
        new PartitionData(),
        new PrefixListData(),
        new RegionData(),
        new SubnetsData(),
        new VpcData());
  }
}

package dev.slipway.rehearsal.stage;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Service;

/** The services of an account. */
final class Services {

  /** So many are described at once. */
  private static final int MANY = 10;

  private Services() {}

  /** All that are there, of every cluster. */
  static List<Service> all(EcsClient ecs) {
    List<Service> all = new ArrayList<>();
    for (String cluster : ecs.listClustersPaginator().clusterArns()) {
      List<String> arns =
          ecs.listServicesPaginator(r -> r.cluster(cluster)).serviceArns().stream().toList();
      for (int i = 0; i < arns.size(); i += MANY) {
        List<String> some = arns.subList(i, Math.min(i + MANY, arns.size()));
        ecs.describeServices(r -> r.cluster(cluster).services(some)).services().stream()
            .filter(s -> "ACTIVE".equals(s.status()))
            .forEach(all::add);
      }
    }
    return all;
  }
}

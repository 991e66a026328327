package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.GetRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.RegistryScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.RegistryScanningRule;
import software.amazon.awssdk.services.ecr.model.ScanningRepositoryFilter;

/** {@code aws_ecr_registry_scanning_configuration}. Its id is the registry's. */
final class EcrRegistryScanningResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecr_registry_scanning_configuration";
  }

  @Override
  public String label() {
    return "ECR Registry Scanning Configuration";
  }

  @Override
  public void create(Context context, Attributes planned) {
    put(context, planned.text("scan_type"), rules(planned));
    planned.set("id", context.account());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    GetRegistryScanningConfigurationResponse response =
        context.call(
            GetRegistryScanningConfigurationRequest.builder().build(),
            GetRegistryScanningConfigurationResponse.class);
    RegistryScanningConfiguration configuration = response.scanningConfiguration();
    state
        .set("registry_id", response.registryId())
        .set("scan_type", configuration.scanTypeAsString())
        .setBlocks(
            "rule",
            configuration.rules().stream().map(EcrRegistryScanningResource::toBlock).toList());
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned.text("scan_type"), rules(planned));
  }

  /** A registry always has a configuration; this brings back the one that it began with. */
  @Override
  public void delete(Context context, Attributes state) {
    put(context, "BASIC", List.of());
  }

  private static void put(Context context, String type, List<RegistryScanningRule> rules) {
    context.call(
        PutRegistryScanningConfigurationRequest.builder().scanType(type).rules(rules).build(),
        PutRegistryScanningConfigurationResponse.class);
  }

  private static List<RegistryScanningRule> rules(Attributes planned) {
    return planned.blocks("rule").stream()
        .map(rule ->
            RegistryScanningRule.builder()
                .scanFrequency(rule.text("scan_frequency"))
                .repositoryFilters(
                    rule.blocks("repository_filter").stream()
                        .map(filter ->
                            ScanningRepositoryFilter.builder()
                                .filter(filter.text("filter"))
                                .filterType(filter.text("filter_type"))
                                .build())
                        .toList())
                .build())
        .toList();
  }

  private static Attributes toBlock(RegistryScanningRule rule) {
    return new Attributes()
        .set("scan_frequency", rule.scanFrequencyAsString())
        .setBlocks(
            "repository_filter",
            rule.repositoryFilters().stream()
                .map(filter ->
                    new Attributes()
                        .set("filter", filter.filter())
                        .set("filter_type", filter.filterTypeAsString()))
                .toList());
  }
}

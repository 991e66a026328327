package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.ClusterSetting;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterResponse;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.Setting;

class AccountSettingsTest {

  private final EcsWorld ecs = new EcsWorld();

  private List<Setting> list(boolean effective) {
    return ecs.call(
            ListAccountSettingsRequest.builder().effectiveSettings(effective).build(),
            ListAccountSettingsResponse.class)
        .settings();
  }

  private void put(String name, String value) {
    ecs.world
        .operations()
        .invoke(PutAccountSettingRequest.builder().name(name).value(value).build());
  }

  private String insightsOfANewCluster(String cluster) {
    return ecs
        .call(
            CreateClusterRequest.builder().clusterName(cluster).build(),
            CreateClusterResponse.class)
        .cluster()
        .settings()
        .stream()
        .map(ClusterSetting::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyWhatWasSetIsListedUnlessTheEffectiveOnesAreAskedFor() {
    assertThat(list(false)).isEmpty();
    assertThat(list(true))
        .extracting(s -> s.nameAsString() + " " + s.value())
        .contains("taskLongArnFormat enabled", "containerInsights disabled");

    put("containerInsights", "enhanced");
    assertThat(list(false))
        .extracting(s -> s.nameAsString() + " " + s.value())
        .containsExactly("containerInsights enhanced");
    assertThat(list(true))
        .extracting(s -> s.nameAsString() + " " + s.value())
        .contains("containerInsights enhanced");
  }

  @Test
  void newClustersHaveTheInsightsOfTheAccount() {
    assertThat(insightsOfANewCluster("before")).isEqualTo("disabled");
    ecs.world
        .operations()
        .invoke(
            PutAccountSettingDefaultRequest.builder()
                .name("containerInsights")
                .value("enabled")
                .build());
    assertThat(insightsOfANewCluster("after")).isEqualTo("enabled");
  }

  @Test
  void aDeletedSettingIsBackAtItsDefault() {
    put("containerInsights", "enabled");

    Setting deleted =
        ecs.call(
                DeleteAccountSettingRequest.builder().name("containerInsights").build(),
                DeleteAccountSettingResponse.class)
            .setting();

    assertThat(deleted.value()).isEqualTo("enabled");
    assertThat(list(false)).isEmpty();
    assertThat(insightsOfANewCluster("later")).isEqualTo("disabled");
  }

  @Test
  void settingsThatTheTwinLacksAreRefusedByName() {
    assertThatThrownBy(() -> put("guardDutyActivate", "on"))
        .hasMessage("account setting guardDutyActivate is not supported by the twin.");
    assertThatThrownBy(() -> put("containerInsights", "")).hasMessage("value can not be blank.");
  }
}

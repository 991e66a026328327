package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.Setting;

/** Account settings: kept and shown. Source: ECS developer guide, ecs-account-settings. */
final class AccountApi {

  private static final String INSIGHTS = "containerInsights";
  private static final Map<String, String> DEFAULTS = defaults();

  private final EcsState state;

  AccountApi(EcsState state) {
    this.state = state;
  }

  private static Map<String, String> defaults() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("serviceLongArnFormat", "enabled");
    values.put("taskLongArnFormat", "enabled");
    values.put("containerInstanceLongArnFormat", "enabled");
    values.put("awsvpcTrunking", "disabled");
    values.put("containerInsights", "disabled");
    values.put("dualStackIPv6", "enabled");
    values.put("fargateTaskRetirementWaitPeriod", "7");
    values.put("tagResourceAuthorization", "off");
    values.put("defaultLogDriverMode", "non-blocking");
    return values;
  }

  private Table<String> changed() {
    return state.world().table("ecs.accountSettings");
  }

  /** ListAccountSettings: those that were set, or with {@code effectiveSettings} all. */
  public ListAccountSettingsResponse listAccountSettings(ListAccountSettingsRequest request) {
    boolean effective = Boolean.TRUE.equals(request.effectiveSettings());
    List<Setting> settings =
        DEFAULTS.keySet().stream()
            .filter(n -> request.name() == null || n.equals(request.nameAsString()))
            .filter(n -> effective || changed().contains(n))
            .map(this::setting)
            .filter(s -> request.value() == null || request.value().equals(s.value()))
            .toList();
    Page<Setting> page = Listing.page(settings, request.maxResults(), request.nextToken(), 10);
    return ListAccountSettingsResponse.builder()
        .settings(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  /** PutAccountSettingDefault. */
  public PutAccountSettingDefaultResponse putAccountSettingDefault(
      PutAccountSettingDefaultRequest request) {
    return PutAccountSettingDefaultResponse.builder()
        .setting(set(request.nameAsString(), request.value()))
        .build();
  }

  /** PutAccountSetting. */
  @Differs(
      value = "a setting of one principal holds for the whole account",
      because = "a world is used by one principal, as a rule")
  public PutAccountSettingResponse putAccountSetting(PutAccountSettingRequest request) {
    return PutAccountSettingResponse.builder()
        .setting(set(request.nameAsString(), request.value()))
        .build();
  }

  /** DeleteAccountSetting: back to the default. */
  public DeleteAccountSettingResponse deleteAccountSetting(DeleteAccountSettingRequest request) {
    String name = known(request.nameAsString());
    Setting before = setting(name);
    changed().remove(name);
    return DeleteAccountSettingResponse.builder().setting(before).build();
  }

  private Setting set(String given, String value) {
    String name = known(given);
    if (value == null || value.isEmpty()) {
      throw EcsErrors.invalid("value can not be blank.");
    }
    changed().put(name, value);
    return setting(name);
  }

  private static String known(String name) {
    if (!DEFAULTS.containsKey(name)) {
      throw EcsErrors.unsupported("account setting " + name);
    }
    return name;
  }

  /** What new clusters have for Container Insights. */
  static String containerInsights(EcsState state) {
    Table<String> changed = state.world().table("ecs.accountSettings");
    return changed.find(INSIGHTS).orElse(DEFAULTS.get(INSIGHTS));
  }

  private Setting setting(String name) {
    return Setting.builder()
        .name(name)
        .value(changed().find(name).orElse(DEFAULTS.get(name)))
        .principalArn(Caller.current(state.world().account()).arn())
        .build();
  }
}

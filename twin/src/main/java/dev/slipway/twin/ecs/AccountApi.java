package dev.slipway.twin.ecs;

import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;
import software.amazon.awssdk.services.ecs.model.Setting;

/** Account settings: kept and shown. Source: ECS developer guide, ecs-account-settings. */
final class AccountApi {

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
    String name = request.nameAsString();
    if (!DEFAULTS.containsKey(name)) {
      throw EcsErrors.unsupported("account setting " + name);
    }
    if (request.value() == null || request.value().isEmpty()) {
      throw EcsErrors.invalid("value can not be blank.");
    }
    changed().put(name, request.value());
    return PutAccountSettingDefaultResponse.builder().setting(setting(name)).build();
  }

  private Setting setting(String name) {
    return Setting.builder()
        .name(name)
        .value(changed().find(name).orElse(DEFAULTS.get(name)))
        .principalArn(Caller.current(state.world().account()).arn())
        .build();
  }
}

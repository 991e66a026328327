package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;
import software.amazon.awssdk.services.ecs.model.Setting;

/** {@code aws_ecs_account_setting_default}. */
final class EcsAccountSettingResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecs_account_setting_default";
  }

  @Override
  public String label() {
    return "ECS Account Setting Default";
  }

  @Override
  public void create(Context context, Attributes planned) {
    Setting setting = put(context, planned.text("name"), planned.text("value"));
    planned.set("id", setting.principalArn());
  }

  @Override
  public boolean read(Context context, Attributes state) {
    ListAccountSettingsRequest request =
        ListAccountSettingsRequest.builder()
            .name(state.text("name"))
            .effectiveSettings(true)
            .build();
    Optional<Setting> found =
        context.findFirst(
            () -> context.call(request, ListAccountSettingsResponse.class).settings());
    found.ifPresent(setting ->
        state
            .set("name", setting.nameAsString())
            .set("value", setting.value())
            .set("principal_arn", setting.principalArn()));
    return found.isPresent();
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    put(context, planned.text("name"), planned.text("value"));
  }

  /** Account settings cannot be deleted; the provider switches them off where it can. */
  @Override
  public void delete(Context context, Attributes state) {
    String value = state.text("value", "");
    if (value.equals("enabled") || value.equals("enhanced")) {
      put(context, state.text("name"), "disabled");
    }
  }

  @Override
  public void importById(Context context, String id, Attributes state) {
    state.set("name", id).set("id", "arn:aws:iam::" + context.account() + ":root");
  }

  private static Setting put(Context context, String name, String value) {
    PutAccountSettingDefaultRequest request =
        PutAccountSettingDefaultRequest.builder().name(name).value(value).build();
    return context.call(request, PutAccountSettingDefaultResponse.class).setting();
  }
}

package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;

/** Keys and aliases, with the real Terraform over the twin's KMS. */
class KeyStackTest extends StackTest {

  private static final String KEY =
      """
      resource "aws_kms_key" "k" {
        description             = "one"
        deletion_window_in_days = 7
        enable_key_rotation     = true
      }
      resource "aws_kms_alias" "a" {
        name          = "alias/probe"
        target_key_id = aws_kms_key.k.key_id
      }
      """;

  @Test
  void settlesImportsEncryptsAndLeavesNothing() {
    applied(KEY);
    imported("aws_kms_alias.a", "alias/probe");

    SdkBytes sealed = encrypt();
    assertThat(decrypt(sealed)).isEqualTo("secret");

    terraform.destroy();
    assertThatThrownBy(() -> decrypt(sealed)).hasMessageEndingWith("is pending deletion.");
    assertThat(
            world()
                .operations()
                .call(ListAliasesRequest.builder().build(), ListAliasesResponse.class)
                .aliases())
        .isEmpty();
  }

  @Test
  void importsAKeyByItsId() {
    applied(
        """
        resource "aws_kms_key" "k" {
          description         = "one"
          enable_key_rotation = true
          tags                = { owner = "me" }
        }
        """);

    imported("aws_kms_key.k", id("aws_kms_key.k"));
    terraform.destroy();
  }

  @Test
  void changesInPlaceAndADisabledKeyDecryptsNothing() {
    applied(KEY);
    SdkBytes sealed = encrypt();

    String changed =
        KEY.replace("\"one\"", "\"two\"").replace("= true", "= false\n  is_enabled = false");
    assertThat(applied(changed).output()).contains("0 added, 1 changed, 0 destroyed");
    assertThatThrownBy(() -> decrypt(sealed)).hasMessageEndingWith("is disabled.");

    assertThat(applied(changed.replace("alias/probe", "alias/other")).output())
        .contains("1 added, 0 changed, 1 destroyed");
  }

  private SdkBytes encrypt() {
    return world()
        .operations()
        .call(
            EncryptRequest.builder()
                .keyId("alias/probe")
                .plaintext(SdkBytes.fromUtf8String("secret"))
                .build(),
            EncryptResponse.class)
        .ciphertextBlob();
  }

  private String decrypt(SdkBytes sealed) {
    return world()
        .operations()
        .call(DecryptRequest.builder().ciphertextBlob(sealed).build(), DecryptResponse.class)
        .plaintext()
        .asUtf8String();
  }
}

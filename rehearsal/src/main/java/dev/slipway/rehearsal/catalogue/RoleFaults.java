package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Faults of roles, trust and secrets. */
final class RoleFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("iam-execution-role-no-secret-access", Layer.IAM, Severity.CRITICAL)
              .wrong("The task definition names a secret that the execution role may not read")
              .make(stage -> secret(stage, secret(stage, "database", "s3cr3t", null)))
              .seenBy("rollout", "tasks")
              .source("https://github.com/aws/copilot-cli/issues/5639")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-kms-decrypt-missing", Layer.IAM, Severity.HIGH)
              .wrong("The secret is encrypted with a key that the execution role may not use")
              .make(stage -> {
                String key;
                try (KmsClient kms = stage.client(KmsClient.builder())) {
                  key = kms.createKey(r -> r.description("for the secret")).keyMetadata().arn();
                }
                String arn = secret(stage, "database", "s3cr3t", key);
                allow(stage, "secretsmanager:GetSecretValue", arn);
                secret(stage, arn);
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/aws/aws-cdk/issues/17156")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("td-secret-missing", Layer.TD, Severity.HIGH)
              .wrong("The task definition names a secret that was deleted")
              .make(stage -> {
                String arn = secret(stage, "database", "s3cr3t", null);
                allow(stage, "secretsmanager:GetSecretValue", "*");
                try (SecretsManagerClient secrets = stage.client(SecretsManagerClient.builder())) {
                  secrets.deleteSecret(r -> r.secretId(arn).forceDeleteWithoutRecovery(true));
                }
                secret(stage, arn);
              })
              .seenBy("rollout", "tasks")
              .named("td-secret-missing")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("td-secret-json-key-missing", Layer.TD, Severity.HIGH)
              .wrong("The task definition asks a secret for a JSON key that it lacks")
              .make(stage -> {
                String arn = secret(stage, "database", "{\"user\": \"app\"}", null);
                allow(stage, "secretsmanager:GetSecretValue", arn);
                secret(stage, arn + ":password::");
              })
              .seenBy("rollout", "tasks")
              .source("https://github.com/rileydakota/valheim-ecs-fargate-cdk/issues/9")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("iam-static-keys-shadow-task-role", Layer.IAM, Severity.HIGH)
              .wrong("Access keys in the container's environment take the place of the task role")
              .make(stage ->
                  environment(
                      stage,
                      "AWS_ACCESS_KEY_ID",
                      "AKIAIOSFODNN7EXAMPLE",
                      "AWS_SECRET_ACCESS_KEY",
                      "not-a-real-one"))
              .seenBy("identity-posture", "definition-posture")
              .build(),
          Fault.of("iam-task-role-admin", Layer.IAM, Severity.HIGH)
              .wrong("The task role is an administrator")
              .on(Kind.STANDING)
              .make(stage ->
                  Policies.put(
                      stage,
                      stage.its().taskRole(),
                      "everything",
                      "\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\""))
              .seenBy("identity-posture")
              .named("iam-role-too-wide")
              .needs(Need.TASK_ROLE)
              .build(),
          Fault.of("iam-execution-role-missing-logs", Layer.IAM, Severity.HIGH)
              .wrong("The execution role may pull and may not write logs")
              .make(stage -> {
                Policies.deleteAll(stage, stage.its().executionRole());
                allow(
                    stage,
                    "ecr:GetAuthorizationToken\",\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\",\"ecr:BatchCheckLayerAvailability",
                    "*");
              })
              .seenBy("rollout", "tasks", "observability")
              .needs(Need.EXECUTION_ROLE, Need.LOG_GROUP)
              .build(),
          Fault.of("iam-execution-role-deleted", Layer.IAM, Severity.CRITICAL)
              .wrong("The execution role was deleted while the service ran")
              .make(stage -> {
                String role = stage.its().executionRole();
                Policies.deleteAll(stage, role);
                stage.iam().deleteRole(r -> r.roleName(role));
              })
              .seenBy("rollout", "tasks")
              .named("iam-role-trust-wrong", "iam-role-not-valid", "iam-role-missing")
              .needs(Need.EXECUTION_ROLE)
              .build(),
          Fault.of("td-secrets-in-env", Layer.TD, Severity.HIGH)
              .wrong("A password stands in the task definition as a plain value")
              .make(stage -> environment(stage, "DB_PASSWORD", "correct-horse"))
              .seenBy("definition-posture")
              .build());

  private RoleFaults() {}

  /** Makes a secret, and answers its ARN. */
  static String secret(Stage stage, String name, String value, String key) {
    try (SecretsManagerClient secrets = stage.client(SecretsManagerClient.builder())) {
      return secrets.createSecret(r -> r.name(name).secretString(value).kmsKeyId(key)).arn();
    }
  }

  /** Has the container take a variable from a secret. */
  static void secret(Stage stage, String valueFrom) {
    stage
        .release()
        .container(c -> c.secrets(Secret.builder().name("DATABASE").valueFrom(valueFrom).build()));
  }

  /** Allows the execution role something more. */
  static void allow(Stage stage, String action, String resource) {
    Policies.put(
        stage,
        stage.its().executionRole(),
        "more",
        "\"Effect\":\"Allow\",\"Action\":[\"%s\"],\"Resource\":\"%s\"".formatted(action, resource));
  }

  /** Adds variables to those that the container has. */
  static void environment(Stage stage, String... namesAndValues) {
    List<KeyValuePair> more = new ArrayList<>(stage.its().container().environment());
    for (int i = 0; i < namesAndValues.length; i += 2) {
      more.add(KeyValuePair.builder().name(namesAndValues[i]).value(namesAndValues[i + 1]).build());
    }
    stage.release().container(c -> c.environment(more));
  }
}

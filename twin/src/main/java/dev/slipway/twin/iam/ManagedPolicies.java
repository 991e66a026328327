package dev.slipway.twin.iam;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;

/** The policies that AWS manages and that ECS stacks attach. */
final class ManagedPolicies {

  /** A policy and the document of its default version. */
  record Managed(Policy policy, String document) {}

  private static final Instant CREATED = Instant.parse("2017-11-16T18:48:22Z");
  private static final Map<String, Managed> BY_ARN = new LinkedHashMap<>();

  static {
    // Source: ECS developer guide, task_execution_IAM_role.
    add(
        "service-role/AmazonECSTaskExecutionRolePolicy",
        allow(
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchGetImage",
            "logs:CreateLogStream",
            "logs:PutLogEvents"));
    add("AdministratorAccess", allow("*"));
    add(
        "AmazonEC2ContainerRegistryReadOnly",
        allow(
            "ecr:GetAuthorizationToken",
            "ecr:BatchCheckLayerAvailability",
            "ecr:GetDownloadUrlForLayer",
            "ecr:GetRepositoryPolicy",
            "ecr:DescribeRepositories",
            "ecr:ListImages",
            "ecr:DescribeImages",
            "ecr:BatchGetImage",
            "ecr:GetLifecyclePolicy",
            "ecr:GetLifecyclePolicyPreview",
            "ecr:ListTagsForResource",
            "ecr:DescribeImageScanFindings"));
    add("CloudWatchLogsFullAccess", allow("logs:*", "cloudwatch:GenerateQuery"));
    add("AmazonSSMReadOnlyAccess", allow("ssm:Describe*", "ssm:Get*", "ssm:List*"));
  }

  private ManagedPolicies() {}

  static Optional<Managed> find(String arn) {
    return Optional.ofNullable(BY_ARN.get(arn));
  }

  static List<Policy> all() {
    return BY_ARN.values().stream().map(Managed::policy).toList();
  }

  private static void add(String pathAndName, String document) {
    String arn = "arn:aws:iam::aws:policy/" + pathAndName;
    int slash = pathAndName.lastIndexOf('/');
    Policy policy =
        Policy.builder()
            .arn(arn)
            .policyName(pathAndName.substring(slash + 1))
            .path("/" + pathAndName.substring(0, slash + 1))
            .defaultVersionId("v1")
            .attachmentCount(0)
            .isAttachable(true)
            .createDate(CREATED)
            .updateDate(CREATED)
            .build();
    BY_ARN.put(arn, new Managed(policy, document));
  }

  private static String allow(String... actions) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\""
        + String.join("\",\"", actions)
        + "\"],\"Resource\":\"*\"}]}";
  }
}

package dev.slipway.twin.iam;

import dev.slipway.twin.iam.Authority.Decision;
import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.Statement.Principal;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Credentials;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Gate;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;

/**
 * Lets a call through when the caller's policies allow it. The root of the account may do
 * everything. Source: IAM user guide, reference_policies_evaluation-logic.
 */
@Differs(
    value =
        "with --enforce-iam the policies of users, roles, repositories, buckets, keys, secrets and"
            + " topics and permissions boundaries decide; those of groups, organisations and queues"
            + " are not asked about API calls",
    because = "one account's roles and users are what a deployment's pipeline runs as")
@Differs(
    value = "a call's aws:SecureTransport is true, though the twin speaks plain HTTP",
    because = "its loopback stands for TLS; policies that demand TLS could not be tried otherwise")
@Differs(
    value = "the Encoded authorization failure message of EC2's refusals is left out",
    because = "nobody but AWS can decode it")
public final class Enforcement implements Gate {

  /** Source: STS API reference: no permissions are needed, or the trust policy decides. */
  private static final Set<String> FREE =
      Set.of(
          "sts:GetCallerIdentity",
          "sts:GetSessionToken",
          "sts:AssumeRole",
          "sts:AssumeRoleWithWebIdentity");

  /**
   * What a bucket's policy cannot take from the account's root, so that nobody is locked out.
   * Source: S3 user guide, bucket policies.
   */
  private static final Set<String> OF_THE_ROOT =
      Set.of("s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy");

  /** What IAM's and STS's keys look like; any other key is the root's. */
  private static final Pattern KEY = Pattern.compile("A[KS]IA[A-Z0-9]{16}");

  private static final Map<String, String> PREFIXES =
      Map.of(
          "cloudwatchlogs", "logs",
          "elasticloadbalancingv2", "elasticloadbalancing",
          "applicationautoscaling", "application-autoscaling",
          "resourcegroupstaggingapi", "tag");

  private static final Set<String> QUERY =
      Set.of("iam", "sts", "sns", "elasticloadbalancing", "cloudwatch", "s3", "route53");

  private final World world;
  private final RegionalAuthority authority;
  private final Credentials credentials;
  private final ActionResources resources;
  private final RolePasses passes;

  /** The gate of a world. */
  public Enforcement(World world, Iam iam, Credentials credentials) {
    this.world = world;
    this.authority = new RegionalAuthority(world, iam);
    this.credentials = credentials;
    this.resources = new ActionResources(world.account(), world.region());
    this.passes = new RolePasses(world);
  }

  @Override
  public void admit(Caller caller, String action, SdkRequest request) {
    String prefix = prefix(request);
    String name = prefix + ":" + action;
    if (KEY.matcher(caller.accessKeyId()).matches()
        && credentials.find(caller.accessKeyId()).isEmpty()) {
      throw unknownKey(prefix);
    }
    if (FREE.contains(name) || isRoot(caller) && OF_THE_ROOT.contains(name)) {
      return;
    }
    Map<String, List<String>> context = RequestContext.of(world.account(), world.region(), request);
    for (String named : resources.of(name, request)) {
      String resource = prefix.equals("kms") ? authority.decryption().keyArn(named) : named;
      demand(caller, prefix, name, resource, context);
    }
    sealed(caller, request)
        .ifPresent(error -> {
          throw error;
        });
    if (isRoot(caller)) {
      return;
    }
    passes
        .of(request)
        .forEach((role, service) -> {
          Map<String, List<String>> passing = new TreeMap<>(context);
          passing.put("iam:PassedToService", List.of(service));
          demand(caller, prefix, "iam:PassRole", role, passing);
        });
  }

  /** Whoever reads what a key protects needs that key as well. */
  private Optional<AwsError> sealed(Caller caller, SdkRequest request) {
    Decryption.Judge judge =
        (action, resource, context) -> {
          Access access = Access.to(action, resource, context);
          return authority.decide(caller.arn(), access);
        };
    return switch (request) {
      case GetSecretValueRequest r when r.secretId() != null ->
          authority.decryption().ofSecret(r.secretId(), judge);
      case GetParameterRequest r when Boolean.TRUE.equals(r.withDecryption()) ->
          authority.decryption().ofParameter(r.name(), judge);
      case GetParametersRequest r when Boolean.TRUE.equals(r.withDecryption()) ->
          r.names().stream()
              .flatMap(name -> authority.decryption().ofParameter(name, judge).stream())
              .findFirst();
      default -> Optional.empty();
    };
  }

  /** The root may do whatever no resource's policy denies it. */
  private static boolean isRoot(Caller caller) {
    return caller.arn().endsWith(":root");
  }

  private void demand(
      Caller caller,
      String prefix,
      String action,
      String resource,
      Map<String, List<String>> context) {
    Map<String, List<String>> full = new TreeMap<>(context);
    List<Tag> tags = isRoot(caller) ? List.of() : tags(resource);
    tags.forEach(tag -> full.put("aws:ResourceTag/" + tag.key(), List.of(tag.value())));
    Access access = new Access(new Principal("AWS", caller.arn()), action, resource, full);
    Decision decision = authority.decide(caller.arn(), access);
    if (!decision.allowed()) {
      throw refusal(prefix, caller.arn(), action, resource, decision.reason());
    }
  }

  private List<Tag> tags(String resource) {
    if (!resource.startsWith("arn:") || resource.contains("*")) {
      return List.of();
    }
    try {
      return world
          .operations()
          .call(
              GetResourcesRequest.builder().resourceARNList(resource).build(),
              GetResourcesResponse.class)
          .resourceTagMappingList()
          .stream()
          .flatMap(mapping -> mapping.tags().stream())
          .toList();
    } catch (AwsError notTaggable) {
      return List.of();
    }
  }

  private static AwsError refusal(
      String prefix, String caller, String action, String resource, String reason) {
    String message =
        "User: %s is not authorized to perform: %s on resource: %s %s"
            .formatted(caller, action, resource, reason);
    if (prefix.equals("ec2")) {
      String where = resource.equals("*") ? "" : " on resource: " + resource;
      return new AwsError(
          "UnauthorizedOperation",
          403,
          "You are not authorized to perform this operation. User: %s is not authorized to perform: %s%s %s"
              .formatted(caller, action, where, reason));
    }
    return QUERY.contains(prefix)
        ? new AwsError("AccessDenied", 403, message)
        : AwsError.of("AccessDeniedException", message);
  }

  private static AwsError unknownKey(String prefix) {
    String message = "The security token included in the request is invalid.";
    if (prefix.equals("ec2")) {
      return new AwsError(
          "AuthFailure", 401, "AWS was not able to validate the provided access credentials");
    }
    return QUERY.contains(prefix)
        ? new AwsError("InvalidClientTokenId", 403, message)
        : AwsError.of("UnrecognizedClientException", message);
  }

  private static String prefix(SdkRequest request) {
    String servicePackage = Operations.servicePackage(request.getClass());
    return PREFIXES.getOrDefault(servicePackage, servicePackage);
  }
}

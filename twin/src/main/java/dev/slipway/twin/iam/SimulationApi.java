package dev.slipway.twin.iam;

import dev.slipway.twin.iam.policy.Access;
import dev.slipway.twin.iam.policy.Statement;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Page;
import dev.slipway.twin.world.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** Asks what a role or user may do. Source: IAM API reference, SimulatePrincipalPolicy. */
final class SimulationApi {

  private final IamStore store;
  private final PolicyEngine engine;

  SimulationApi(IamStore store, PolicyEngine engine) {
    this.store = store;
    this.engine = engine;
  }

  public SimulatePrincipalPolicyResponse simulate(SimulatePrincipalPolicyRequest request) {
    if (request.hasPolicyInputList()
        || request.hasPermissionsBoundaryPolicyInputList()
        || request.resourcePolicy() != null) {
      throw AwsError.of(
          "InvalidInput", "policies given with the call are not supported by the twin");
    }
    if (store
            .roleOf(
                Parameters.required(
                    request.policySourceArn(), "ValidationError", "policySourceArn"))
            .isEmpty()
        && store.userOf(request.policySourceArn()).isEmpty()) {
      throw IamErrors.notFound("Policy source " + request.policySourceArn() + " cannot be found.");
    }
    Map<String, List<String>> context = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request
        .contextEntries()
        .forEach(entry ->
            context.put(
                Parameters.required(entry.contextKeyName(), "ValidationError", "contextKeyName"),
                entry.contextKeyValues()));
    List<String> resources = request.hasResourceArns() ? request.resourceArns() : List.of("*");
    List<EvaluationResult> results = new ArrayList<>();
    for (String action : request.actionNames()) {
      for (String resource : resources) {
        Access access = new Access(new Statement.Principal("", ""), action, resource, context);
        results.add(result(request.policySourceArn(), access));
      }
    }
    Page<EvaluationResult> page = Page.of(results, request.marker(), request.maxItems(), 100);
    return SimulatePrincipalPolicyResponse.builder()
        .evaluationResults(page.items())
        .isTruncated(page.nextToken() != null)
        .marker(page.nextToken())
        .build();
  }

  private EvaluationResult result(String source, Access access) {
    Authority.Decision decision = engine.decideFor(source, access);
    PolicyEvaluationDecisionType type =
        decision.allowed()
            ? PolicyEvaluationDecisionType.ALLOWED
            : decision.reason().startsWith("with an explicit deny")
                ? PolicyEvaluationDecisionType.EXPLICIT_DENY
                : PolicyEvaluationDecisionType.IMPLICIT_DENY;
    return EvaluationResult.builder()
        .evalActionName(access.action())
        .evalResourceName(access.resource())
        .evalDecision(type)
        .matchedStatements(List.of())
        .missingContextValues(List.of())
        .build();
  }
}

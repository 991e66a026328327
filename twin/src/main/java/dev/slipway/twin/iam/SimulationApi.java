package dev.slipway.twin.iam;

import dev.slipway.twin.world.AwsError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulatePrincipalPolicyResponse;

/** The policy simulator, over the same evaluator that decides for tasks. */
public final class SimulationApi {

  private final IamTables tables;

  SimulationApi(IamTables tables) {
    this.tables = tables;
  }

  /** SimulatePrincipalPolicy, for roles. */
  public SimulatePrincipalPolicyResponse simulatePrincipalPolicy(
      SimulatePrincipalPolicyRequest request) {
    if (!request.policyInputList().isEmpty()
        || !request.permissionsBoundaryPolicyInputList().isEmpty()
        || request.resourcePolicy() != null) {
      throw AwsError.of(
          "InvalidInput", "The twin simulates a principal's own policies, without further ones.");
    }
    Role role =
        tables
            .roleByArn(request.policySourceArn())
            .orElseThrow(() ->
                IamTables.noSuchEntity(
                    "Entity " + request.policySourceArn() + " cannot be found."));
    List<PolicyDocument> policies = tables.policiesOf(role.roleName());
    Map<String, String> context = new LinkedHashMap<>();
    request
        .contextEntries()
        .forEach(e -> context.put(e.contextKeyName(), String.join(",", e.contextKeyValues())));
    List<String> resources =
        request.resourceArns().isEmpty() ? List.of("*") : request.resourceArns();
    List<EvaluationResult> results = new ArrayList<>();
    for (String action : request.actionNames()) {
      for (String resource : resources) {
        results.add(result(policies, action, resource, context));
      }
    }
    return SimulatePrincipalPolicyResponse.builder()
        .evaluationResults(results)
        .isTruncated(false)
        .build();
  }

  private static EvaluationResult result(
      List<PolicyDocument> policies, String action, String resource, Map<String, String> context) {
    Authority.Decision decision = PolicyEvaluator.identity(policies, action, resource, context);
    String word = decision.reason().startsWith("with") ? "explicitDeny" : "implicitDeny";
    return EvaluationResult.builder()
        .evalActionName(action)
        .evalResourceName(resource)
        .evalDecision(decision.allowed() ? "allowed" : word)
        .build();
  }
}

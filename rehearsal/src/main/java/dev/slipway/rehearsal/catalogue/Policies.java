package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.stage.Stage;

/** Policies of roles, as somebody writes them by hand. */
final class Policies {

  private Policies() {}

  /** A policy document with these statements: the inside of the braces of the first to the last. */
  static String document(String statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[{" + statements + "}]}";
  }

  /** Gives a role an inline policy. */
  static void put(Stage stage, String role, String name, String statements) {
    stage
        .iam()
        .putRolePolicy(r -> r.roleName(role).policyName(name).policyDocument(document(statements)));
  }

  /** Takes all policies from a role. */
  static void deleteAll(Stage stage, String role) {
    for (var policy :
        stage.iam().listAttachedRolePolicies(r -> r.roleName(role)).attachedPolicies()) {
      stage.iam().detachRolePolicy(r -> r.roleName(role).policyArn(policy.policyArn()));
    }
    for (String name : stage.iam().listRolePolicies(r -> r.roleName(role)).policyNames()) {
      stage.iam().deleteRolePolicy(r -> r.roleName(role).policyName(name));
    }
  }

  /** Has the execution role be assumed by whom this statement lets, and by nobody else. */
  static void trust(Stage stage, String statement) {
    stage
        .iam()
        .updateAssumeRolePolicy(
            r -> r.roleName(stage.its().executionRole()).policyDocument(document(statement)));
  }
}

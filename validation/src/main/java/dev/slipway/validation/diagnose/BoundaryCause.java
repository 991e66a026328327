package dev.slipway.validation.diagnose;

import dev.slipway.validation.check.Policies;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Surroundings.Boundary;
import dev.slipway.validation.observe.Surroundings.Role;
import java.util.List;
import java.util.Optional;

/**
 * What a role's permissions boundary takes away: a role may do what its policies and its boundary
 * both allow. Source: IAM user guide, access_policies_boundaries.
 */
final class BoundaryCause {

  private BoundaryCause() {}

  /**
   * The cause, when the boundary leaves out something that is needed. A boundary that could not be
   * read leaves out nothing.
   */
  static Optional<Cause> of(Case seen, Role role, List<String> needed, List<String> evidence) {
    Optional<Boundary> boundary = role.boundary().filter(b -> !b.document().isEmpty());
    List<String> missing =
        boundary
            .map(b ->
                needed.stream()
                    .filter(a -> !Policies.allow(List.of(b.document()), a))
                    .distinct()
                    .toList())
            .orElse(List.of());
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(cause(seen, role, boundary.get().arn(), missing, evidence));
  }

  private static Cause cause(
      Case seen, Role role, String boundary, List<String> missing, List<String> evidence) {
    String actions = String.join(", ", missing);
    return new Cause(
        "iam-permissions-boundary-too-tight",
        boundary,
        "Permissions boundary %s of execution role %s leaves out %s, which a start of %s needs, whatever the role's policies allow."
            .formatted(Arns.last(boundary), Arns.last(role.arn()), actions, seen.goal().revision()),
        new Fix(
            "allow %s in policy %s".formatted(actions, Arns.last(boundary)),
            """
            resource "aws_iam_policy" "boundary" {
              name   = "%s"
              policy = data.aws_iam_policy_document.boundary.json  # with %s
            }\
            """
                .formatted(Arns.last(boundary), actions),
            "aws iam create-policy-version --policy-arn %s --set-as-default --policy-document file://boundary.json"
                .formatted(boundary)),
        evidence,
        Rank.START,
        true);
  }
}

package dev.slipway.validation.plan;

import dev.slipway.validation.diagnose.Cause;
import dev.slipway.validation.diagnose.Cause.Fix;
import dev.slipway.validation.diagnose.Cause.Rank;
import dev.slipway.validation.plan.Planned.Block;
import java.util.List;
import java.util.Optional;

/**
 * A load balancer that is to write its access logs to a bucket that the same plan makes, and that
 * has no policy: AWS tries to write before it takes the setting. Source: ELB user guide,
 * enable-access-logging.
 *
 * @param plan the plan
 * @param references what refers to what in it
 */
record AccessLogs(PlanFile plan, References references) {

  private static final String BUCKET = "aws_s3_bucket";

  List<Cause> denied() {
    return plan.all("aws_lb", "aws_alb").stream().flatMap(b -> denied(b).stream()).toList();
  }

  private Optional<Cause> denied(Planned balancer) {
    return balancer.blocks("access_logs").stream()
        .filter(l -> l.flag("enabled"))
        .flatMap(l -> bucket(balancer, l).stream())
        .filter(this::isMade)
        .filter(b -> !references.written(b, "policy"))
        .filter(b -> plan.all("aws_s3_bucket_policy").stream().noneMatch(p -> mayBeOf(p, b)))
        .findFirst()
        .map(bucket ->
            new Cause(
                "alb-access-logs-denied",
                balancer.address(),
                "%s is to write access logs to %s, which the plan makes without a policy: AWS refuses the setting."
                    .formatted(balancer.address(), bucket.address()),
                new Fix(
                    "let the load balancer write to the bucket, before it is told to",
                    """
                    data "aws_iam_policy_document" "logs" {
                      statement {
                        actions   = ["s3:PutObject"]
                        resources = ["${%s.arn}/*"]
                        principals {
                          type        = "Service"
                          identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
                        }
                      }
                    }\
                    """
                        .formatted(bucket.address()),
                    "aws s3api put-bucket-policy --bucket NAME --policy file://policy.json"),
                List.of(bucket.address() + " has no aws_s3_bucket_policy"),
                Rank.START,
                true));
  }

  private Optional<Planned> bucket(Planned balancer, Block logs) {
    String name = logs.text("bucket");
    return name.isEmpty()
        ? references.of(balancer, List.of("access_logs", "bucket"), BUCKET).one()
        : plan.all(BUCKET).stream().filter(b -> b.text("bucket").equals(name)).findFirst();
  }

  private boolean isMade(Planned bucket) {
    return plan.changes().stream()
        .anyMatch(c -> c.address().equals(bucket.address()) && c.creates());
  }

  /** One whose bucket nobody can know may be this one's. */
  private boolean mayBeOf(Planned policy, Planned bucket) {
    String name = policy.text("bucket");
    return name.isEmpty()
        ? references
            .of(policy, List.of("bucket"), BUCKET)
            .one()
            .filter(b -> !b.address().equals(bucket.address()))
            .isEmpty()
        : name.equals(bucket.text("bucket"));
  }
}

package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.check.Severity;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;

/** Faults of what somebody writes in Terraform, which preflight finds in the plan. */
final class PlanFaults {

  private static final String SERVICE = "aws_ecs_service";
  private static final String DEFINITION = "aws_ecs_task_definition";
  private static final String TARGET_GROUP = "aws_lb_target_group";

  private static final String RENAMED =
      "name = \"%s\"\n\nlifecycle {\n  create_before_destroy = false\n}";

  static final List<Fault> ALL =
      List.of(
          Fault.of("td-invalid-cpu-memory", Layer.TD, Severity.MEDIUM)
              .wrong("Terraform asks for a pair of cpu and memory that Fargate does not have")
              .by(Detector.PREFLIGHT)
              .make(stage -> definition(stage, "cpu = \"256\"\nmemory = \"8192\""))
              .seenBy("definition")
              .source("https://github.com/aws/amazon-ecs-cli/issues/463")
              .needs(Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("iam-role-not-valid", Layer.IAM, Severity.MEDIUM)
              .wrong("The task definition names the ARN of an instance profile as its task role")
              .by(Detector.PREFLIGHT)
              .make(stage ->
                  definition(
                      stage,
                      "task_role_arn = \"arn:aws:iam::%s:instance-profile/app\""
                          .formatted(stage.account().id())))
              .seenBy("definition")
              .source("https://github.com/fabfuel/ecs-deploy/issues/231")
              .needs(Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("td-container-port-mismatch", Layer.TD, Severity.HIGH)
              .wrong("The service's load balancer names a port that the container does not map")
              .by(Detector.PREFLIGHT)
              .make(stage -> {
                LoadBalancer now = stage.its().described().loadBalancers().getFirst();
                behind(stage, '"' + now.targetGroupArn() + '"', now.containerPort() + 1);
              })
              .seenBy("definition")
              .source("https://github.com/pulumi/pulumi-awsx/issues/1172")
              .needs(Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("alb-tg-target-type-instance", Layer.ALB, Severity.MEDIUM)
              .wrong("The target group becomes one of instances, and tasks have addresses only")
              .by(Detector.PREFLIGHT)
              .make(stage ->
                  stage.rewrite(
                      TARGET_GROUP,
                      stage.its().targetGroup().targetGroupArn(),
                      "name = \"of-instances\"\ntarget_type = \"instance\""))
              .seenBy("definition")
              .source("https://www.fixwikihub.com/articles/fix-aws-alb-target-group-unhealthy")
              .needs(Need.SERVICE_IN_STATE, Need.IN_STATE)
              .build(),
          Fault.of("alb-tg-without-lb", Layer.ALB, Severity.MEDIUM)
              .wrong("The service gets a target group of its own that no listener forwards to")
              .by(Detector.PREFLIGHT)
              .make(stage -> {
                LoadBalancer now = stage.its().described().loadBalancers().getFirst();
                behind(stage, TARGET_GROUP + ".next.arn", now.containerPort());
                stage
                    .terraform()
                    .add(
                        SERVICE,
                        stage.its().described().serviceArn(),
                        """
                        resource "aws_lb_target_group" "next" {
                          name        = "next"
                          port        = %d
                          protocol    = "HTTP"
                          target_type = "ip"
                          vpc_id      = "%s"
                        }
                        """
                            .formatted(now.containerPort(), stage.its().vpc()));
              })
              .seenBy("definition")
              .source("https://github.com/hashicorp/terraform/issues/32908")
              .needs(Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("alb-tg-in-use-on-replace", Layer.ALB, Severity.MEDIUM)
              .wrong("A new name of the target group replaces it, the old one first")
              .by(Detector.PREFLIGHT)
              .make(stage ->
                  stage.rewrite(
                      TARGET_GROUP,
                      stage.its().targetGroup().targetGroupArn(),
                      RENAMED.formatted("a-better-name")))
              .seenBy("apply")
              .source("https://github.com/aws/copilot-cli/issues/2593")
              .needs(Need.IN_STATE)
              .build(),
          Fault.of("tf-sg-replace-dependency", Layer.TF, Severity.MEDIUM)
              .wrong("A new name of the tasks' security group replaces it, the old one first")
              .by(Detector.PREFLIGHT)
              .make(stage ->
                  stage.rewrite(
                      "aws_security_group",
                      stage.its().securityGroups().getFirst(),
                      RENAMED.formatted("a-better-name")))
              .seenBy("apply")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/1671")
              .needs(Need.IN_STATE, Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("tf-desired-count-fights-autoscaling", Layer.TF, Severity.HIGH)
              .wrong("Terraform sets the number of tasks, of which auto scaling runs more")
              .by(Detector.PREFLIGHT)
              .make(stage -> {
                Service now = stage.its().described();
                stage
                    .ecs()
                    .updateService(r ->
                        r.cluster(now.clusterArn())
                            .service(now.serviceName())
                            .desiredCount(now.desiredCount() + 1));
                stage.rewrite(
                    SERVICE,
                    now.serviceArn(),
                    "desired_count = %d\n\nlifecycle {\n  ignore_changes = [tags]\n}"
                        .formatted(now.desiredCount()));
              })
              .seenBy("apply")
              .source(
                  "https://github.com/hashicorp/terraform/issues/10308",
                  "https://github.com/hashicorp/terraform-provider-aws/issues/335")
              .needs(Need.SERVICE_IN_STATE, Need.SCALER_IN_STATE)
              .build(),
          Fault.of("alb-access-logs-denied", Layer.ALB, Severity.MEDIUM)
              .wrong("The load balancer is to log to a new bucket that does not let it write")
              .by(Detector.PREFLIGHT)
              .make(stage -> {
                String balancer = stage.its().loadBalancer().loadBalancerArn();
                stage
                    .terraform()
                    .add(
                        "aws_lb",
                        balancer,
                        "resource \"aws_s3_bucket\" \"requests\" {\n  bucket = \"requests-%s\"\n}"
                            .formatted(stage.account().id()));
                stage.rewrite(
                    "aws_lb",
                    balancer,
                    "access_logs {\n  bucket  = aws_s3_bucket.requests.id\n  enabled = true\n}");
              })
              .seenBy("apply")
              .source("https://github.com/cn-terraform/terraform-aws-ecs-alb/pull/4")
              .needs(Need.BALANCER_IN_STATE)
              .build(),
          Fault.of("tf-codedeploy-wait-hangs", Layer.TF, Severity.LOW)
              .wrong("CodeDeploy is to deploy the service, and Terraform to wait for ECS")
              .by(Detector.PREFLIGHT)
              .make(stage ->
                  stage.rewrite(
                      SERVICE,
                      stage.its().described().serviceArn(),
                      """
                      wait_for_steady_state = true

                      deployment_controller {
                        type = "CODE_DEPLOY"
                      }
                      """))
              .seenBy("apply")
              .source("https://github.com/hashicorp/terraform-provider-aws/issues/29252")
              .needs(Need.SERVICE_IN_STATE)
              .build(),
          Fault.of("tf-stale-or-local-state", Layer.TF, Severity.CRITICAL)
              .wrong("Somebody plans without the state of what is there")
              .by(Detector.PREFLIGHT)
              .make(stage -> {
                stage.terraform().loseState();
                stage.release().byTerraform();
              })
              .seenBy("apply")
              .source("https://github.com/ministryofjustice/modernisation-platform/issues/2467")
              .needs(Need.SERVICE_IN_STATE)
              .build());

  private PlanFaults() {}

  private static void definition(Stage stage, String body) throws Exception {
    stage.rewrite(DEFINITION, stage.its().taskDefinition().family(), body);
  }

  /** Puts the service behind a target group, which is an expression of Terraform. */
  private static void behind(Stage stage, String group, int port) throws Exception {
    LoadBalancer now = stage.its().described().loadBalancers().getFirst();
    stage.rewrite(
        SERVICE,
        stage.its().described().serviceArn(),
        """
        load_balancer {
          target_group_arn = %s
          container_name   = "%s"
          container_port   = %d
        }
        """
            .formatted(group, now.containerName(), port));
  }
}

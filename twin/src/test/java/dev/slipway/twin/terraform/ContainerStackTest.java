package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Registries, clusters and task definitions, with the real Terraform over the twin's services. */
class ContainerStackTest extends StackTest {

  private static final String CONTAINERS =
      """
      resource "aws_ecr_repository" "r" {
        name                 = "probe/app"
        image_tag_mutability = "IMMUTABLE"
        force_delete         = true
        image_scanning_configuration { scan_on_push = true }
        encryption_configuration { encryption_type = "AES256" }
      }
      resource "aws_ecr_lifecycle_policy" "r" {
        repository = aws_ecr_repository.r.name
        policy     = jsonencode({ rules = [{
          rulePriority = 1, description = "keep 20", action = { type = "expire" },
          selection = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 20 } }] })
      }
      resource "aws_ecr_repository_policy" "r" {
        repository = aws_ecr_repository.r.name
        policy     = jsonencode({ Version = "2012-10-17", Statement = [{
          Effect = "Allow", Principal = { AWS = "123456789012" }, Action = ["ecr:BatchGetImage"] }] })
      }
      data "aws_ecr_repository" "r" { name = aws_ecr_repository.r.name }
      resource "aws_ecs_cluster" "c" {
        name = "probe"
        setting {
          name  = "containerInsights"
          value = "enabled"
        }
      }
      resource "aws_ecs_cluster_capacity_providers" "c" {
        cluster_name       = aws_ecs_cluster.c.name
        capacity_providers = ["FARGATE", "FARGATE_SPOT"]
        default_capacity_provider_strategy {
          capacity_provider = "FARGATE"
          weight            = 1
        }
      }
      resource "aws_iam_role" "exec" {
        name               = "probe-exec"
        assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{
          Effect = "Allow", Action = "sts:AssumeRole",
          Principal = { Service = "ecs-tasks.amazonaws.com" } }] })
      }
      resource "aws_ecs_task_definition" "t" {
        family                   = "probe"
        cpu                      = 256
        memory                   = 512
        network_mode             = "awsvpc"
        requires_compatibilities = ["FARGATE"]
        execution_role_arn       = aws_iam_role.exec.arn
        runtime_platform {
          operating_system_family = "LINUX"
          cpu_architecture        = "X86_64"
        }
        container_definitions = jsonencode([{
          name         = "app", image = "${aws_ecr_repository.r.repository_url}:1"
          portMappings = [{ containerPort = 5000 }]
          environment  = [{ name = "B", value = "2" }, { name = "A", value = "1" }]
          healthCheck  = { command = ["CMD-SHELL", "true"], interval = 10 }
        }])
      }
      data "aws_ecs_cluster" "c" { cluster_name = aws_ecs_cluster.c.name }
      """;

  @Test
  void settlesImportsAndLeavesNothing() {
    applied(CONTAINERS);

    imported("aws_ecr_lifecycle_policy.r", "probe/app");
    imported("aws_ecr_repository_policy.r", "probe/app");
    imported("aws_ecs_cluster.c", "probe");
    imported("aws_ecs_cluster_capacity_providers.c", "probe");
    terraform.destroy();
    assertThat(terraform.run("state", "list").output()).isEmpty();
  }

  @Test
  void importsATaskDefinitionByItsArn() {
    applied(CONTAINERS);
    String arn = terraform.values("aws_ecs_task_definition.t").path("arn").asText();

    imported("aws_ecs_task_definition.t", arn);
  }

  @Test
  void makesANewRevisionForAnotherContainer() {
    applied(CONTAINERS);

    assertThat(applied(CONTAINERS.replace("}:1\"", "}:2\"")).output())
        .contains("1 added, 0 changed, 1 destroyed");
    assertThat(terraform.values("aws_ecs_task_definition.t").path("revision").asInt()).isEqualTo(2);
  }

  @Test
  void takesContainersThatSayTheSameForTheSame() {
    applied(CONTAINERS);

    terraform.config(
        CONTAINERS
            .replace(
                "[{ name = \"B\", value = \"2\" }, { name = \"A\", value = \"1\" }]",
                "[{ name = \"A\", value = \"1\" }, { name = \"B\", value = \"2\" }]")
            .replace(
                "{ containerPort = 5000 }",
                "{ containerPort = 5000, hostPort = 5000, protocol = \"tcp\" }")
            .replace("name         = \"app\",", "name = \"app\", essential = true, cpu = 0,"));

    settled();
  }

  @Test
  void changesInPlaceWhatMayChange() {
    applied(CONTAINERS);

    String changed =
        CONTAINERS
            .replace("\"enabled\"", "\"disabled\"")
            .replace("weight            = 1", "weight = 2")
            .replace("IMMUTABLE", "MUTABLE");
    assertThat(applied(changed).output()).contains("0 added, 3 changed, 0 destroyed");
  }
}

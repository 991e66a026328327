# A worker without a load balancer, whose repository, role policy and log group are made by the same plan.
provider "aws" { region = "eu-central-1" }
resource "aws_ecr_repository" "worker" { name = "worker" }
resource "aws_sns_topic" "jobs" { name = "jobs" }
resource "aws_iam_role" "task" {
  name               = "worker"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } } })
}
resource "aws_iam_role_policy" "task" {
  role   = aws_iam_role.task.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["sqs:*"], Resource = aws_sns_topic.jobs.arn }] })
}
resource "aws_ecs_task_definition" "worker" {
  family                   = "worker"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 1024
  execution_role_arn       = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
  task_role_arn            = aws_iam_role.task.arn
  container_definitions    = jsonencode([{ name = "worker", image = "${aws_ecr_repository.worker.repository_url}:v1" }])
}
resource "aws_ecs_service" "worker" {
  name            = "worker"
  task_definition = aws_ecs_task_definition.worker.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets          = ["subnet-0123456789abcdef0"]
    security_groups  = ["sg-0123456789abcdef0"]
    assign_public_ip = true
  }
}

output "execution_role_arn" {
  description = "For Fargate. Known only when its permissions are there, so no task starts without them."
  value       = aws_iam_role.execution.arn

  depends_on = [aws_iam_role_policy.execution]
}

output "task_role_arn" {
  description = "For the service's own code."
  value       = aws_iam_role.task.arn
}

output "task_role_name" {
  description = "To attach further permissions to."
  value       = aws_iam_role.task.name
}

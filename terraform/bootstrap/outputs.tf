output "state_bucket" {
  description = "GitHub variable SLIPWAY_STATE_BUCKET, and the environment variable of that name for make ENV=aws."
  value       = aws_s3_bucket.state.bucket
}

output "deploy_role_arn" {
  description = "GitHub variable AWS_ROLE_ARN."
  value       = aws_iam_role.deploy.arn
}

output "region" {
  description = "GitHub variable AWS_REGION."
  value       = var.region
}

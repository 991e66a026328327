# The pipeline and the verifier read these; their names are part of the contract.

output "url" {
  description = "Where the service answers."
  value       = "${module.load_balancer.scheme}://${coalesce(var.domain_name, module.load_balancer.dns_name)}"
}

output "cluster_name" {
  description = "Name of the cluster."
  value       = module.service.cluster_name
}

output "service_name" {
  description = "Name of the service."
  value       = module.service.service_name
}

output "task_definition_arn" {
  description = "Revision that the service was asked to run."
  value       = module.service.task_definition_arn
}

output "image_digest" {
  description = "Digest of the image that the tasks run."
  value       = var.image_digest
}

output "revision" {
  description = "Git revision that the service must report."
  value       = var.revision
}

output "region" {
  description = "AWS region of the stack."
  value       = var.region
}

output "repository_url" {
  description = "Registry address of the image, without a tag."
  value       = data.aws_ecr_repository.app.repository_url
}

output "log_group_name" {
  description = "Log group with the tasks' output."
  value       = module.observability.log_group_name
}

output "target_group_arn" {
  description = "Target group of the service."
  value       = module.load_balancer.target_group_arn
}

output "vpc_id" {
  description = "The VPC."
  value       = module.network.vpc_id
}

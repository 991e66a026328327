output "repository_name" {
  description = "Name of the repository."
  value       = module.registry.repository_name
}

output "repository_url" {
  description = "Address to push to and to pull from, without a tag."
  value       = module.registry.repository_url
}

output "repository_arn" {
  description = "ARN of the repository."
  value       = module.registry.repository_arn
}

variable "name" {
  description = "Name of the service; the deploy role may only touch what carries it."
  type        = string
  default     = "slipway"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z](?:[a-z0-9]|-[a-z0-9]){1,19}$", var.name)) && length(var.name) <= 20
    error_message = "name is \"${var.name}\"; it must be 2-20 lower-case letters, digits and single hyphens, starting with a letter (example: slipway)."
  }
}

variable "region" {
  description = "AWS region of the state bucket and of everything that the deploy role may make."
  type        = string
  default     = "eu-central-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is \"${var.region}\"; it must be the code of an AWS region (example: eu-central-1)."
  }
}

variable "github_repository" {
  description = "The repository whose workflows may deploy, owner/name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "github_repository is \"${var.github_repository}\"; it must be owner/name, without wildcards (example: octocat/shop)."
  }
}

variable "github_owner_id" {
  description = "Numeric id of the owner, from: gh api repos/OWNER/NAME --jq .owner.id"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]+$", var.github_owner_id))
    error_message = "github_owner_id is \"${var.github_owner_id}\"; it must be a number (example: 583231)."
  }
}

variable "github_repository_id" {
  description = "Numeric id of the repository, from: gh api repos/OWNER/NAME --jq .id"
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "github_repository_id is \"${var.github_repository_id}\"; it must be a number (example: 1296269)."
  }
}

variable "github_environment" {
  description = "The GitHub environment in which the deploying jobs run; its protection rules guard the role."
  type        = string
  default     = "production"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]+$", var.github_environment))
    error_message = "github_environment is \"${var.github_environment}\"; it must be letters, digits, _ and -, without wildcards (example: production)."
  }
}

variable "create_oidc_provider" {
  description = "Whether to make the account's one provider for GitHub; false when the account has it already."
  type        = bool
  default     = true
  nullable    = false
}

variable "name" {
  description = "Name of the service and prefix of everything that belongs to it."
  type        = string
  default     = "slipway"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z](?:[a-z0-9]|-[a-z0-9]){1,19}$", var.name)) && length(var.name) <= 20 && !startswith(var.name, "internal-")
    error_message = "name is \"${var.name}\"; it must be 2-20 lower-case letters, digits and single hyphens, starting with a letter, because load balancers and target groups are named after it (example: slipway)."
  }
}

variable "environment" {
  description = "Which copy of the stack this is; only a tag."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,31}$", var.environment))
    error_message = "environment is \"${var.environment}\"; it must be 1-32 lower-case letters, digits and hyphens, starting with a letter (example: twin)."
  }
}

variable "region" {
  description = "AWS region of the stack."
  type        = string
  default     = "eu-central-1"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region is \"${var.region}\"; it must be the code of an AWS region (example: eu-central-1)."
  }
}

variable "force_delete" {
  description = "Whether destroying the registry destroys its images too; when false, a registry with images stays."
  type        = bool
  default     = true
  nullable    = false
}

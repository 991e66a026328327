variable "name" {
  description = "Name of the repository, for instance slipway/app."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)*$", var.name)) && length(var.name) >= 2
    error_message = "name is \"${var.name}\"; it must be a repository name in lower case, parts separated by / (example: slipway/app)."
  }
}

variable "untagged_days" {
  description = "Days after which an image without a tag, left over from a push that did not end, expires."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.untagged_days >= 1 && floor(var.untagged_days) == var.untagged_days
    error_message = "untagged_days is ${var.untagged_days}; it must be a whole number of days, 1 or more (example: 7)."
  }
}

variable "force_delete" {
  description = "Whether removing the repository removes its images too; when false, a repository with images stays."
  type        = bool
  default     = true
  nullable    = false
}

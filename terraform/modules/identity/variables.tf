variable "name" {
  description = "Prefix of the roles' names."
  type        = string
}

variable "repository_arn" {
  description = "The only repository that the task may be pulled from."
  type        = string
}

variable "log_group_arn" {
  description = "The only log group that the task's output may be written to."
  type        = string
}

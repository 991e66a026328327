variable "name" {
  description = "Prefix of every name."
  type        = string
}

variable "log_retention_days" {
  description = "Days for which log lines are kept; one of the values that CloudWatch Logs offers."
  type        = number
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is ${var.log_retention_days}; it must be one of the periods that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, … (example: 14)."
  }
}

variable "cluster_name" {
  description = "Cluster of the service."
  type        = string
}

variable "service_name" {
  description = "The service."
  type        = string
}

variable "min_tasks" {
  description = "Fewer running tasks than this raise an alarm."
  type        = number
  nullable    = false
}

variable "load_balancer_suffix" {
  description = "The load balancer, as metrics call it."
  type        = string
}

variable "target_group_suffix" {
  description = "The target group, as metrics call it."
  type        = string
}

variable "errors_per_minute" {
  description = "More responses of class 5xx a minute than this raise an alarm."
  type        = number
  default     = 5
  nullable    = false

  validation {
    condition     = var.errors_per_minute >= 0
    error_message = "errors_per_minute is ${var.errors_per_minute}; it must be 0 or more responses (example: 5)."
  }
}

variable "latency_seconds" {
  description = "A slower 95th percentile of the targets' response times raises an alarm."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.latency_seconds > 0
    error_message = "latency_seconds is ${var.latency_seconds}; it must be more than 0 seconds (example: 1)."
  }
}

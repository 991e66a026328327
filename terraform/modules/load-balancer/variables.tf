variable "name" {
  description = "Name of the load balancer and prefix of what belongs to it."
  type        = string
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
}

variable "subnet_ids" {
  description = "Public subnets, one in each zone, at least two."
  type        = list(string)
  nullable    = false
}

variable "target_port" {
  description = "Port on which the tasks listen."
  type        = number
  nullable    = false
}

variable "ingress_cidr_blocks" {
  description = "Who may connect to the load balancer."
  type        = set(string)
  nullable    = false

  validation {
    condition     = length(var.ingress_cidr_blocks) > 0 && alltrue([for block in var.ingress_cidr_blocks : can(cidrhost(block, 0))])
    error_message = "ingress_cidr_blocks is ${jsonencode(var.ingress_cidr_blocks)}; it must have at least one IPv4 range and nothing else (example: [\"0.0.0.0/0\"])."
  }
}

variable "certificate_arn" {
  description = "Certificate for HTTPS. Null: plain HTTP on port 80; otherwise port 80 only redirects to 443."
  type        = string

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "certificate_arn is \"${coalesce(var.certificate_arn, "null")}\"; it must be the ARN of an ACM certificate in the region of the load balancer (example: arn:aws:acm:eu-central-1:123456789012:certificate/2f1b0a5e-…)."
  }
}

variable "health_check" {
  description = "How a task proves that it is ready; interval and timeout in seconds."
  type = object({
    path                = string
    interval            = number
    timeout             = number
    healthy_threshold   = number
    unhealthy_threshold = number
  })
  nullable = false

  validation {
    condition     = startswith(var.health_check.path, "/")
    error_message = "health_check.path is \"${var.health_check.path}\"; it must be a path that starts with / (example: /q/health/ready)."
  }

  validation {
    condition     = var.health_check.interval >= 5 && var.health_check.interval <= 300
    error_message = "health_check.interval is ${var.health_check.interval}; it must be 5-300 seconds, as load balancers allow (example: 10)."
  }

  validation {
    condition     = var.health_check.timeout >= 2 && var.health_check.timeout < var.health_check.interval
    error_message = "health_check.timeout is ${var.health_check.timeout}; it must be at least 2 seconds and less than the interval of ${var.health_check.interval} (example: 5)."
  }

  validation {
    condition     = alltrue([for n in [var.health_check.healthy_threshold, var.health_check.unhealthy_threshold] : n >= 2 && n <= 10])
    error_message = "health_check thresholds are ${var.health_check.healthy_threshold} and ${var.health_check.unhealthy_threshold}; each must be 2-10 probes in a row (example: 2)."
  }
}

variable "deregistration_delay" {
  description = "Seconds for which requests that run on a leaving task may go on."
  type        = number
  nullable    = false

  validation {
    condition     = var.deregistration_delay >= 0 && var.deregistration_delay <= 3600
    error_message = "deregistration_delay is ${var.deregistration_delay}; it must be 0-3600 seconds (example: 30)."
  }
}

variable "blocked_paths" {
  description = "Path patterns that are never forwarded: what operations need and the public does not. At most five."
  type        = list(string)
  default     = ["/q/metrics*"]
  nullable    = false

  validation {
    condition     = length(var.blocked_paths) <= 5 && alltrue([for path in var.blocked_paths : startswith(path, "/")])
    error_message = "blocked_paths is ${jsonencode(var.blocked_paths)}; it must have at most five patterns, each starting with / (example: [\"/q/metrics*\"])."
  }
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be deleted."
  type        = bool
  default     = false
  nullable    = false
}

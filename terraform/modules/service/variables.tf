variable "name" {
  description = "Name of the cluster, the service and the task definition's family."
  type        = string
}

variable "image" {
  description = "The image with its digest, repository@sha256:…; never a tag, so that what was pushed is what runs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image is \"${var.image}\"; it must end with a digest (example: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/slipway/app@sha256:9f3c…)."
  }
}

variable "environment" {
  description = "Environment variables of the container. No secrets: they are readable in the task definition."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "container_port" {
  description = "Port on which the service listens, on every address."
  type        = number
  nullable    = false

  validation {
    condition     = var.container_port >= 1024 && var.container_port <= 65535
    error_message = "container_port is ${var.container_port}; it must be 1024-65535 because the task runs as a non-root user (example: 5000)."
  }
}

variable "cpu" {
  description = "CPU units of a task; 1024 is one vCPU."
  type        = number
  nullable    = false

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096], var.cpu)
    error_message = "cpu is ${var.cpu}; it must be 256, 512, 1024, 2048 or 4096, as Fargate offers (example: 256)."
  }
}

variable "memory" {
  description = "Memory of a task in MiB; what Fargate offers depends on cpu."
  type        = number
  nullable    = false

  validation {
    condition = contains(lookup({
      256  = [512, 1024, 2048]
      512  = range(1024, 4097, 1024)
      1024 = range(2048, 8193, 1024)
      2048 = range(4096, 16385, 1024)
      4096 = range(8192, 30721, 1024)
    }, var.cpu, []), var.memory)
    error_message = "memory is ${var.memory}; Fargate does not offer it with cpu ${var.cpu} (example: 512 with cpu 256, 2048 with cpu 1024)."
  }
}

variable "architecture" {
  description = "X86_64 or ARM64; the image must have been built for it."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.architecture)
    error_message = "architecture is \"${var.architecture}\"; it must be X86_64 or ARM64 (example: X86_64)."
  }
}

variable "min_tasks" {
  description = "Tasks that always run, and that the service starts with."
  type        = number
  nullable    = false

  validation {
    condition     = var.min_tasks >= 1 && floor(var.min_tasks) == var.min_tasks
    error_message = "min_tasks is ${var.min_tasks}; it must be a whole number of 1 or more (example: 2, one in each zone)."
  }
}

variable "max_tasks" {
  description = "Tasks that autoscaling stops at."
  type        = number
  nullable    = false

  validation {
    condition     = var.max_tasks >= var.min_tasks && floor(var.max_tasks) == var.max_tasks
    error_message = "max_tasks is ${var.max_tasks}; it must be a whole number and not below min_tasks, which is ${var.min_tasks} (example: 6)."
  }
}

variable "cpu_target" {
  description = "Average CPU in percent that autoscaling aims at."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.cpu_target >= 10 && var.cpu_target <= 90
    error_message = "cpu_target is ${var.cpu_target}; it must be 10-90 percent (example: 60)."
  }
}

variable "health_check_grace_period" {
  description = "Seconds after a task's start for which failed health checks do not count."
  type        = number
  nullable    = false

  validation {
    condition     = var.health_check_grace_period >= 0 && var.health_check_grace_period <= 3600
    error_message = "health_check_grace_period is ${var.health_check_grace_period}; it must be 0-3600 seconds (example: 60)."
  }
}

variable "stop_timeout" {
  description = "Seconds between SIGTERM and SIGKILL; longer than the service's drain delay and its last requests."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.stop_timeout >= 2 && var.stop_timeout <= 120
    error_message = "stop_timeout is ${var.stop_timeout}; it must be 2-120 seconds, as Fargate allows (example: 30)."
  }
}

variable "container_insights" {
  description = "Whether the cluster reports task counts and more; the alarm on running tasks needs it."
  type        = bool
  default     = true
  nullable    = false
}

variable "vpc_id" {
  description = "The VPC of the subnets."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets for the tasks."
  type        = list(string)
  nullable    = false
}

variable "egress_cidr_blocks" {
  description = "Where tasks may connect to over HTTPS."
  type        = list(string)
  nullable    = false
}

variable "egress_prefix_lists" {
  description = "Managed prefix lists to which tasks may connect over HTTPS, by a name for each."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "load_balancer" {
  description = "The load balancer in front: its security group and its target group."
  type = object({
    security_group_id = string
    target_group_arn  = string
  })
  nullable = false
}

variable "execution_role_arn" {
  description = "Role with which Fargate starts a task."
  type        = string
}

variable "task_role_arn" {
  description = "Role of the service's own code."
  type        = string
}

variable "log_group_name" {
  description = "Log group for the container's output."
  type        = string
}

# What is deployed. The limits of the values below stand in the modules that use them, under the same names.

variable "image_digest" {
  description = "Digest of the image in the registry of terraform/foundation, as the registry answered when it was pushed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))
    error_message = "image_digest is \"${var.image_digest}\"; it must be sha256: and 64 hexadecimal digits (example: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08)."
  }
}

variable "revision" {
  description = "Git revision that the image was built from; handed through to the verifier."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{7,40}(-dirty[0-9a-z-]*)?$", var.revision))
    error_message = "revision is \"${var.revision}\"; it must be a git revision of 7-40 hexadecimal digits (example: 3f2a9c1d0b7e)."
  }
}

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

# Network

variable "vpc_cidr" {
  description = "IPv4 range of the VPC, /16 to /22."
  type        = string
  default     = "10.20.0.0/16"
}

variable "az_count" {
  description = "Number of availability zones, 2-4."
  type        = number
  default     = 2
}

variable "egress" {
  description = "How tasks reach AWS: nat, nat-per-az, endpoints or none. With none they cannot even pull their image."
  type        = string
  default     = "nat"
}

# Load balancer

variable "ingress_cidr_blocks" {
  description = "Who may connect to the load balancer."
  type        = set(string)
  default     = ["0.0.0.0/0"]
}

variable "certificate_arn" {
  description = "ACM certificate for HTTPS; null means plain HTTP."
  type        = string
  default     = null
}

variable "domain_name" {
  description = "Name under which clients reach the load balancer, when there is one; null means its own DNS name."
  type        = string
  default     = null

  validation {
    condition     = var.domain_name == null || can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name is \"${coalesce(var.domain_name, "null")}\"; it must be a DNS name (example: shop.example.org)."
  }
}

variable "health_check" {
  description = "How a task proves that it is ready; interval and timeout in seconds."
  type = object({
    path                = optional(string, "/q/health/ready")
    interval            = optional(number, 10)
    timeout             = optional(number, 5)
    healthy_threshold   = optional(number, 2)
    unhealthy_threshold = optional(number, 3)
  })
  default = {}
}

variable "deregistration_delay" {
  description = "Seconds for which requests that run on a leaving task may go on."
  type        = number
  default     = 30
}

variable "deletion_protection" {
  description = "Whether the load balancer refuses to be deleted; make destroy then needs a change first."
  type        = bool
  default     = false
}

# Service

variable "container_port" {
  description = "Port on which the service listens."
  type        = number
  default     = 5000
}

variable "cpu" {
  description = "CPU units of a task; 1024 is one vCPU."
  type        = number
  default     = 256
}

variable "memory" {
  description = "Memory of a task in MiB."
  type        = number
  default     = 512
}

variable "architecture" {
  description = "X86_64 or ARM64; the image must have been built for it."
  type        = string
  default     = "X86_64"
}

variable "min_tasks" {
  description = "Tasks that always run."
  type        = number
  default     = 2
}

variable "max_tasks" {
  description = "Tasks that autoscaling stops at."
  type        = number
  default     = 6
}

variable "health_check_grace_period" {
  description = "Seconds after a task's start for which failed health checks do not count."
  type        = number
  default     = 60
}

variable "container_environment" {
  description = "Further environment variables of the container; no secrets."
  type        = map(string)
  default     = {}
}

# Observability

variable "log_retention_days" {
  description = "Days for which log lines are kept."
  type        = number
  default     = 14
}

variable "name" {
  description = "Prefix of every name, for instance slipway."
  type        = string
}

variable "vpc_cidr" {
  description = "IPv4 range of the VPC. Every subnet takes a sixteenth of it."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.vpc_cidr)[1]), 99) <= 22
    error_message = "vpc_cidr is \"${var.vpc_cidr}\"; it must be an IPv4 range from /16 to /22, so that each of 16 subnets has room for a load balancer (example: 10.20.0.0/16)."
  }
}

variable "az_count" {
  description = "Number of availability zones, each with one public and one private subnet."
  type        = number
  nullable    = false

  validation {
    condition     = contains([2, 3, 4], var.az_count)
    error_message = "az_count is ${var.az_count}; it must be 2, 3 or 4, because a load balancer needs two zones and the address plan has room for four (example: 2)."
  }
}

variable "egress" {
  description = "How tasks reach AWS: nat (one gateway), nat-per-az (one in each zone), endpoints (private, no internet), none (no way out)."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["nat", "nat-per-az", "endpoints", "none"], var.egress)
    error_message = "egress is \"${var.egress}\"; it must be nat, nat-per-az, endpoints or none (example: nat)."
  }
}

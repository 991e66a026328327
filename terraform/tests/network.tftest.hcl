# What modules/network promises for each way out, and which values it refuses.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "eu-central-1", name = "eu-central-1" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["eu-central-1c", "eu-central-1a", "eu-central-1b", "eu-central-1d"] }
  }
}

variables {
  name     = "shop"
  vpc_cidr = "10.20.0.0/16"
  az_count = 2
  egress   = "nat"
}

run "subnets_lie_in_two_zones_and_do_not_overlap" {
  command = plan
  module { source = "./modules/network" }

  assert {
    condition     = join(" ", keys(aws_subnet.public)) == "eu-central-1a eu-central-1b" && keys(aws_subnet.private) == keys(aws_subnet.public)
    error_message = "there must be one public and one private subnet in each of the first two zones"
  }
  assert {
    condition     = length(distinct([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private)) : subnet.cidr_block])) == 4
    error_message = "four subnets must have four ranges"
  }
  assert {
    condition     = alltrue([for subnet in aws_subnet.public : subnet.map_public_ip_on_launch != true])
    error_message = "no subnet may hand out public addresses by itself"
  }
  assert {
    condition     = aws_vpc.this.enable_dns_support && aws_vpc.this.enable_dns_hostnames
    error_message = "private DNS of the endpoints needs DNS support and host names"
  }
}

run "nat_is_one_gateway_that_every_zone_uses" {
  command = plan
  module { source = "./modules/network" }

  assert {
    condition     = join(" ", keys(aws_nat_gateway.this)) == "eu-central-1a" && length(aws_eip.nat) == 1
    error_message = "nat must be one gateway with one address"
  }
  assert {
    condition     = join(" ", keys(aws_route.private_nat)) == "eu-central-1a eu-central-1b"
    error_message = "every private route table must have a route to the gateway"
  }
  assert {
    condition     = aws_vpc_endpoint.s3[0].vpc_endpoint_type == "Gateway" && length(aws_vpc_endpoint.interface) == 0
    error_message = "image layers must take the free gateway endpoint, and nothing else may have an endpoint"
  }
}

run "nat_per_az_is_a_gateway_in_each_zone" {
  command = plan
  module { source = "./modules/network" }
  variables { egress = "nat-per-az" }

  assert {
    condition     = length(aws_nat_gateway.this) == 2 && length(aws_eip.nat) == 2
    error_message = "nat-per-az must be a gateway with an address in each zone"
  }
}

run "endpoints_need_no_internet" {
  command = plan
  module { source = "./modules/network" }
  variables { egress = "endpoints" }

  assert {
    condition     = length(aws_nat_gateway.this) == 0 && length(aws_route.private_nat) == 0
    error_message = "with endpoints no private subnet may have a route to the internet"
  }
  assert {
    condition     = join(" ", keys(aws_vpc_endpoint.interface)) == "ecr.api ecr.dkr logs" && length(aws_vpc_endpoint.s3) == 1
    error_message = "a task needs the registry's API, the registry, the logs and S3"
  }
  assert {
    condition     = alltrue([for endpoint in aws_vpc_endpoint.interface : endpoint.private_dns_enabled])
    error_message = "without private DNS the task's names lead to the internet"
  }
  assert {
    condition     = join(" ", output.egress_cidr_blocks) == "10.20.0.0/16" && join(" ", keys(output.egress_prefix_lists)) == "s3"
    error_message = "tasks may connect to the VPC and to S3, and nowhere else"
  }
}

run "none_has_no_way_out" {
  command = plan
  module { source = "./modules/network" }
  variables { egress = "none" }

  assert {
    condition     = length(aws_nat_gateway.this) + length(aws_vpc_endpoint.s3) + length(aws_vpc_endpoint.interface) + length(aws_route.private_nat) == 0
    error_message = "none must leave no way out"
  }
  assert {
    condition     = length(aws_route_table.private) == 2
    error_message = "the route tables stay, so that the way out can come back"
  }
}

run "three_zones_when_asked" {
  command = plan
  module { source = "./modules/network" }
  variables { az_count = 3 }

  assert {
    condition     = length(aws_subnet.public) == 3 && length(aws_subnet.private) == 3
    error_message = "three zones must have three subnets of each kind"
  }
}

run "refuses_a_range_that_is_too_small" {
  command = plan
  module { source = "./modules/network" }
  variables { vpc_cidr = "10.20.0.0/24" }
  expect_failures = [var.vpc_cidr]
}

run "refuses_one_zone" {
  command = plan
  module { source = "./modules/network" }
  variables { az_count = 1 }
  expect_failures = [var.az_count]
}

run "refuses_an_unknown_way_out" {
  command = plan
  module { source = "./modules/network" }
  variables { egress = "vpn" }
  expect_failures = [var.egress]
}

output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "availability_zones" {
  description = "The zones in use, in order."
  value       = local.azs
}

output "public_subnet_ids" {
  description = "For load balancers. Known only when the internet can reach them."
  value       = [for az in local.azs : aws_subnet.public[az].id]

  depends_on = [aws_route.public_internet, aws_route_table_association.public]
}

output "private_subnet_ids" {
  description = "For tasks. Known only when the way out is there: whoever uses them starts after it and is removed before it."
  value       = [for az in local.azs : aws_subnet.private[az].id]

  depends_on = [
    aws_route.private_nat,
    aws_route_table_association.private,
    aws_vpc_endpoint.interface,
    aws_vpc_endpoint.s3,
    aws_vpc_security_group_ingress_rule.endpoints,
  ]
}

output "egress_cidr_blocks" {
  description = "Where a task may have to connect to over HTTPS. With endpoints it never has to leave the VPC."
  value       = var.egress == "endpoints" ? [var.vpc_cidr] : ["0.0.0.0/0"]
}

output "egress_prefix_lists" {
  description = "Managed prefix lists that a task may have to connect to, by a name for each: S3 with endpoints."
  value       = var.egress == "endpoints" ? { s3 = aws_vpc_endpoint.s3[0].prefix_list_id } : {}
}

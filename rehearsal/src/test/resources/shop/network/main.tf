# Public subnets in three zones, without NAT: a small shop's network.
data "aws_availability_zones" "here" { state = "available" }
locals { zones = slice(data.aws_availability_zones.here.names, 0, 3) }
resource "aws_vpc" "shop" {
  cidr_block           = "172.28.0.0/20"
  enable_dns_hostnames = true
}
resource "aws_internet_gateway" "shop" { vpc_id = aws_vpc.shop.id }
resource "aws_route" "out" {
  route_table_id         = aws_vpc.shop.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.shop.id
}
resource "aws_subnet" "shop" {
  count             = 3
  vpc_id            = aws_vpc.shop.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(aws_vpc.shop.cidr_block, 6, count.index)
}
output "vpc" { value = aws_vpc.shop.id }
output "subnets" {
  value      = aws_subnet.shop[*].id
  depends_on = [aws_route.out]
}

# Modules, and two services of one module.
provider "aws" { region = "eu-central-1" }
variable "create_nat_routes" { default = true }
variable "single_nat_gateway" { default = true }
module "vpc" {
  source             = "../modules/vpc"
  azs                = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  private_subnets    = ["10.2.1.0/24", "10.2.2.0/24", "10.2.3.0/24"]
  public_subnets     = ["10.2.101.0/24", "10.2.102.0/24", "10.2.103.0/24"]
  create_nat_routes  = var.create_nat_routes
  single_nat_gateway = var.single_nat_gateway
}
resource "aws_security_group" "alb" {
  vpc_id = module.vpc.vpc_id
  ingress = [{
    description      = "http", protocol = "tcp", from_port = 80, to_port = 80, cidr_blocks = ["0.0.0.0/0"]
    ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = [], self = false
  }]
  egress = [{
    description      = "all", protocol = "-1", from_port = 0, to_port = 0, cidr_blocks = ["0.0.0.0/0"]
    ipv6_cidr_blocks = [], prefix_list_ids = [], security_groups = [], self = false
  }]
}
resource "aws_lb" "this" {
  name            = "shared"
  subnets         = module.vpc.public_subnets
  security_groups = [aws_security_group.alb.id]
}
resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}
module "services" {
  source   = "../modules/service"
  for_each = { orders = 8080, invoices = 9090 }
  name     = each.key
  port     = each.value
  vpc_id   = module.vpc.vpc_id
  subnets  = module.vpc.private_subnets
  alb      = { listener_arn = aws_lb_listener.http.arn, security_group_id = aws_security_group.alb.id }
}

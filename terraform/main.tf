# The registry outlives the service and is made by terraform/foundation, so that an image can be there first.
data "aws_ecr_repository" "app" {
  name = "${var.name}/app"
}

module "network" {
  source = "./modules/network"

  name     = var.name
  vpc_cidr = var.vpc_cidr
  az_count = var.az_count
  egress   = var.egress
}

module "load_balancer" {
  source = "./modules/load-balancer"

  name                 = var.name
  vpc_id               = module.network.vpc_id
  subnet_ids           = module.network.public_subnet_ids
  target_port          = var.container_port
  ingress_cidr_blocks  = var.ingress_cidr_blocks
  certificate_arn      = var.certificate_arn
  health_check         = var.health_check
  deregistration_delay = var.deregistration_delay
  deletion_protection  = var.deletion_protection
}

module "identity" {
  source = "./modules/identity"

  name           = var.name
  repository_arn = data.aws_ecr_repository.app.arn
  log_group_arn  = module.observability.log_group_arn
}

module "service" {
  source = "./modules/service"

  name                      = var.name
  image                     = "${data.aws_ecr_repository.app.repository_url}@${var.image_digest}"
  environment               = var.container_environment
  container_port            = var.container_port
  cpu                       = var.cpu
  memory                    = var.memory
  architecture              = var.architecture
  min_tasks                 = var.min_tasks
  max_tasks                 = var.max_tasks
  health_check_grace_period = var.health_check_grace_period

  vpc_id              = module.network.vpc_id
  subnet_ids          = module.network.private_subnet_ids
  egress_cidr_blocks  = module.network.egress_cidr_blocks
  egress_prefix_lists = module.network.egress_prefix_lists

  load_balancer = {
    security_group_id = module.load_balancer.security_group_id
    target_group_arn  = module.load_balancer.target_group_arn
  }

  execution_role_arn = module.identity.execution_role_arn
  task_role_arn      = module.identity.task_role_arn
  log_group_name     = module.observability.log_group_name
}

module "observability" {
  source = "./modules/observability"

  name                 = var.name
  log_retention_days   = var.log_retention_days
  cluster_name         = module.service.cluster_name
  service_name         = module.service.service_name
  min_tasks            = var.min_tasks
  load_balancer_suffix = module.load_balancer.arn_suffix
  target_group_suffix  = module.load_balancer.target_group_arn_suffix
}

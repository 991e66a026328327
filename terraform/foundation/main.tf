# What outlives a service: the registry, because an image must exist before anything can run it. Nothing here costs
# by the hour.
module "registry" {
  source = "../modules/registry"

  name         = "${var.name}/app"
  force_delete = var.force_delete
}

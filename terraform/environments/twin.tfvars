# The embedded twin. Everything here is valid on AWS too; the shorter intervals only save time.
environment               = "twin"
health_check_grace_period = 30
deregistration_delay      = 10
log_retention_days        = 1

health_check = {
  interval          = 5
  timeout           = 2
  healthy_threshold = 2
}

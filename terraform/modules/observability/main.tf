data "aws_region" "current" {}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/ecs/${var.name}"
  retention_in_days = var.log_retention_days
}

# People and tools subscribe to this topic; Slipway sends nothing to anybody by itself.
resource "aws_sns_topic" "alarms" {
  name = "${var.name}-alarms"
}

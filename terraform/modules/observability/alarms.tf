locals {
  target_dimensions = {
    LoadBalancer = var.load_balancer_suffix
    TargetGroup  = var.target_group_suffix
  }
  service_dimensions = {
    ClusterName = var.cluster_name
    ServiceName = var.service_name
  }

  # Each says what a person who is woken by it has to know. A metric that is missing means trouble where tasks are
  # counted, and nothing where errors are counted.
  alarms = {
    unhealthy-targets = {
      description = "At least one task fails its health check for three minutes."
      namespace   = "AWS/ApplicationELB", metric = "UnHealthyHostCount", dimensions = local.target_dimensions
      statistic   = "Maximum", percentile = null, comparison = "GreaterThanThreshold", threshold = 0
      minutes     = 3, missing = "notBreaching"
    }
    healthy-targets-low = {
      description = "Fewer healthy tasks behind the load balancer than the service must have."
      namespace   = "AWS/ApplicationELB", metric = "HealthyHostCount", dimensions = local.target_dimensions
      statistic   = "Minimum", percentile = null, comparison = "LessThanThreshold", threshold = var.min_tasks
      minutes     = 3, missing = "breaching"
    }
    running-tasks-low = {
      description = "Fewer running tasks than the service must have."
      namespace   = "ECS/ContainerInsights", metric = "RunningTaskCount", dimensions = local.service_dimensions
      statistic   = "Minimum", percentile = null, comparison = "LessThanThreshold", threshold = var.min_tasks
      minutes     = 3, missing = "breaching"
    }
    target-5xx = {
      description = "The service itself answers with errors."
      namespace   = "AWS/ApplicationELB", metric = "HTTPCode_Target_5XX_Count", dimensions = local.target_dimensions
      statistic   = "Sum", percentile = null, comparison = "GreaterThanThreshold", threshold = var.errors_per_minute
      minutes     = 2, missing = "notBreaching"
    }
    load-balancer-5xx = {
      description = "The load balancer answers with errors of its own: no healthy task, or tasks that do not answer."
      namespace   = "AWS/ApplicationELB", metric = "HTTPCode_ELB_5XX_Count", dimensions = { LoadBalancer = var.load_balancer_suffix }
      statistic   = "Sum", percentile = null, comparison = "GreaterThanThreshold", threshold = var.errors_per_minute
      minutes     = 2, missing = "notBreaching"
    }
    latency = {
      description = "One request in twenty is slower than the limit."
      namespace   = "AWS/ApplicationELB", metric = "TargetResponseTime", dimensions = local.target_dimensions
      statistic   = null, percentile = "p95", comparison = "GreaterThanThreshold", threshold = var.latency_seconds
      minutes     = 5, missing = "notBreaching"
    }
    memory = {
      description = "Tasks are close to the memory at which Fargate kills them."
      namespace   = "AWS/ECS", metric = "MemoryUtilization", dimensions = local.service_dimensions
      statistic   = "Maximum", percentile = null, comparison = "GreaterThanThreshold", threshold = 90
      minutes     = 5, missing = "notBreaching"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = each.value.description
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  extended_statistic  = each.value.percentile
  comparison_operator = each.value.comparison
  threshold           = each.value.threshold
  period              = 60
  evaluation_periods  = each.value.minutes
  treat_missing_data  = each.value.missing
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

locals {
  region = data.aws_region.current.id
  lb     = ["LoadBalancer", var.load_balancer_suffix]
  target = concat(["TargetGroup", var.target_group_suffix], local.lb)
  ecs    = ["ClusterName", var.cluster_name, "ServiceName", var.service_name]

  # Title, statistic and series of each graph, in reading order: are there tasks, do they answer, how fast, at what cost.
  graphs = [
    { title = "Tasks", stat = "Minimum", metrics = [
      concat(["AWS/ApplicationELB", "HealthyHostCount"], local.target),
      concat(["AWS/ApplicationELB", "UnHealthyHostCount"], local.target),
      concat(["ECS/ContainerInsights", "RunningTaskCount"], local.ecs),
    ] },
    { title = "Requests and errors", stat = "Sum", metrics = [
      concat(["AWS/ApplicationELB", "RequestCount"], local.target),
      concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.target),
      concat(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"], local.lb),
    ] },
    { title = "Response time, 95th percentile", stat = "p95", metrics = [
      concat(["AWS/ApplicationELB", "TargetResponseTime"], local.target),
    ] },
    { title = "CPU and memory in percent", stat = "Average", metrics = [
      concat(["AWS/ECS", "CPUUtilization"], local.ecs),
      concat(["AWS/ECS", "MemoryUtilization"], local.ecs),
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = concat([
      for i, graph in local.graphs : {
        type       = "metric"
        x          = 12 * (i % 2)
        y          = 6 * floor(i / 2)
        width      = 12
        height     = 6
        properties = { title = graph.title, region = local.region, view = "timeSeries", stat = graph.stat, period = 60, metrics = graph.metrics }
      }
      ], [{
        type   = "log"
        x      = 0
        y      = 12
        width  = 24
        height = 6
        properties = {
          title  = "Warnings and errors"
          region = local.region
          view   = "table"
          query  = "SOURCE '${aws_cloudwatch_log_group.this.name}' | fields @timestamp, level, message, revision | filter level in ['WARN', 'ERROR', 'FATAL'] | sort @timestamp desc | limit 50"
        }
    }])
  })
}

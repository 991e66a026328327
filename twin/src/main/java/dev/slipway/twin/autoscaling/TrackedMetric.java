package dev.slipway.twin.autoscaling;

import dev.slipway.twin.world.AwsError;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.applicationautoscaling.model.CustomizedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.PredefinedMetricSpecification;
import software.amazon.awssdk.services.applicationautoscaling.model.TargetTrackingScalingPolicyConfiguration;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/**
 * The metric that a target tracking policy keeps at its target.
 *
 * @param unit null for any
 */
record TrackedMetric(
    String namespace, String name, List<Dimension> dimensions, String statistic, String unit) {

  private static final String OF_GROUP = "/targetgroup/";

  /**
   * The metric of a policy of an ECS service.
   *
   * @throws AwsError {@code ValidationException} when it names none that the twin has
   */
  static TrackedMetric of(TargetTrackingScalingPolicyConfiguration policy, String resourceId) {
    PredefinedMetricSpecification predefined = policy.predefinedMetricSpecification();
    CustomizedMetricSpecification customized = policy.customizedMetricSpecification();
    if ((predefined == null) == (customized == null)) {
      throw invalid(
          "Exactly one of PredefinedMetricSpecification and CustomizedMetricSpecification must be"
              + " specified");
    }
    return predefined == null ? custom(customized) : known(predefined, resourceId);
  }

  private static TrackedMetric known(PredefinedMetricSpecification metric, String resourceId) {
    return switch (String.valueOf(metric.predefinedMetricTypeAsString())) {
      case "ECSServiceAverageCPUUtilization" -> ofService("CPUUtilization", resourceId);
      case "ECSServiceAverageMemoryUtilization" -> ofService("MemoryUtilization", resourceId);
      case "ALBRequestCountPerTarget" -> ofTargetGroup(metric.resourceLabel());
      default ->
          throw invalid(
              "The twin scales ECS services by ECSServiceAverageCPUUtilization,"
                  + " ECSServiceAverageMemoryUtilization and ALBRequestCountPerTarget, not by "
                  + metric.predefinedMetricTypeAsString());
    };
  }

  private static TrackedMetric ofService(String name, String resourceId) {
    String[] parts = resourceId.split("/", -1);
    return new TrackedMetric(
        "AWS/ECS",
        name,
        List.of(dimension("ClusterName", parts[1]), dimension("ServiceName", parts[2])),
        "Average",
        "Percent");
  }

  /** Source: PredefinedMetricSpecification: the label is the ends of the two ARNs. */
  private static TrackedMetric ofTargetGroup(String label) {
    int group = label == null ? -1 : label.indexOf(OF_GROUP);
    if (group < 0) {
      throw invalid(
          "ResourceLabel must name the load balancer and the target group, for instance"
              + " app/my-alb/778d41231b141a0f/targetgroup/my-group/943f017f100becff");
    }
    return new TrackedMetric(
        "AWS/ApplicationELB",
        "RequestCountPerTarget",
        List.of(
            dimension("LoadBalancer", label.substring(0, group)),
            dimension("TargetGroup", label.substring(group + 1))),
        "Sum",
        null);
  }

  private static TrackedMetric custom(CustomizedMetricSpecification metric) {
    if (!metric.metrics().isEmpty()) {
      throw invalid("The twin has no metric math in scaling policies");
    }
    if (Stream.of(metric.namespace(), metric.metricName(), metric.statisticAsString())
        .anyMatch(text -> text == null || text.isEmpty())) {
      throw invalid("CustomizedMetricSpecification must have Namespace, MetricName and Statistic");
    }
    return new TrackedMetric(
        metric.namespace(),
        metric.metricName(),
        metric.dimensions().stream().map(d -> dimension(d.name(), d.value())).toList(),
        metric.statisticAsString(),
        metric.unit());
  }

  private static Dimension dimension(String name, String value) {
    return Dimension.builder().name(name).value(value).build();
  }

  private static AwsError invalid(String message) {
    return AwsError.of("ValidationException", message);
  }
}

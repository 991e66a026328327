package dev.slipway.twin.differences;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** docs/differences.md: what is there of each service, what differs from AWS, and why. */
final class DifferencesPage {

  /** The services' names and the SDK's package for those with another one than the twin's. */
  private static final Map<String, Service> SERVICES = services();

  private record Service(String title, List<String> sdkPackages) {}

  private DifferencesPage() {}

  private static Map<String, Service> services() {
    Map<String, Service> services = new LinkedHashMap<>();
    services.put("ecs", new Service("ECS", List.of("ecs")));
    services.put("elbv2", new Service("Elastic Load Balancing", List.of("elasticloadbalancingv2")));
    services.put("balancer", new Service("The balancer's data plane", List.of()));
    services.put("ec2", new Service("EC2: VPC", List.of("ec2")));
    services.put("ecr", new Service("ECR", List.of("ecr")));
    services.put("iam", new Service("IAM", List.of("iam")));
    services.put("sts", new Service("STS", List.of("sts")));
    services.put("logs", new Service("CloudWatch Logs", List.of("cloudwatchlogs")));
    services.put("cloudwatch", new Service("CloudWatch", List.of("cloudwatch")));
    services.put("autoscaling", new Service("Auto Scaling", List.of("applicationautoscaling")));
    services.put(
        "secrets", new Service("Secrets and parameters", List.of("secretsmanager", "ssm")));
    services.put(
        "tagging", new Service("Resource Groups Tagging", List.of("resourcegroupstaggingapi")));
    return services;
  }

  static String of(SortedMap<String, SortedSet<String>> actions, List<Difference> differences) {
    Map<String, Service> sections = new LinkedHashMap<>(SERVICES);
    List<String> told =
        SERVICES.values().stream().flatMap(service -> service.sdkPackages().stream()).toList();
    actions.keySet().stream()
        .filter(service -> !told.contains(service))
        .forEach(service -> sections.put(service, new Service(title(service), List.of(service))));
    differences.stream()
        .map(Difference::part)
        .filter(part -> !part.isEmpty())
        .distinct()
        .sorted()
        .forEach(part -> sections.putIfAbsent(part, new Service("Twin: " + part, List.of())));
    List<String> lines = new ArrayList<>();
    lines.add("# What the twin does, and where it differs from AWS");
    lines.add("");
    lines.add(
        "`make docs` writes this page from the code: the operations from what answers them, the");
    lines.add(
        "differences from the annotation `@Differs` where they arise. An operation that is not listed is");
    lines.add(
        "refused by name with 501; a parameter that the twin does not know to obey is refused as well.");
    sections.forEach((part, service) -> section(lines, part, service, actions, differences));
    return String.join("\n", lines) + "\n";
  }

  private static String title(String service) {
    return service.length() <= 4
        ? service.toUpperCase(Locale.ROOT)
        : Character.toUpperCase(service.charAt(0)) + service.substring(1);
  }

  private static void section(
      List<String> lines,
      String part,
      Service service,
      Map<String, SortedSet<String>> actions,
      List<Difference> differences) {
    lines.add("");
    lines.add("## " + service.title());
    for (String name : service.sdkPackages()) {
      SortedSet<String> there = actions.get(name);
      if (there != null) {
        lines.add("");
        lines.add(
            "%d operations of `%s`: %s.".formatted(there.size(), name, String.join(", ", there)));
      }
    }
    List<Difference> own = differences.stream().filter(d -> d.part().equals(part)).toList();
    if (!own.isEmpty()) {
      lines.add("");
      lines.add("| What differs | Why | Where |");
      lines.add("|---|---|---|");
      own.forEach(d ->
          lines.add("| %s | %s | `%s` |".formatted(cell(d.what()), cell(d.because()), d.where())));
    }
  }

  private static String cell(String text) {
    String stripped = text.strip();
    String sentence = Character.toUpperCase(stripped.charAt(0)) + stripped.substring(1);
    return sentence.replaceFirst("\\.$", "").replace("|", "\\|").replace("\n", " ");
  }
}

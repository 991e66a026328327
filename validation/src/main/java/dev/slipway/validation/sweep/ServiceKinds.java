package dev.slipway.validation.sweep;

import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Aws;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/** Containers, load balancers, registries, logs and alarms. */
final class ServiceKinds {

  static final List<Kind> ALL =
      List.of(
          new Kind("ecs-service", "ecs:ListServices", ServiceKinds::services),
          new Kind("ecs-task", "ecs:ListTasks", ServiceKinds::tasks),
          new Kind("ecs-cluster", "ecs:ListClusters", ServiceKinds::clusters),
          new Kind("task-definition", "ecs:ListTaskDefinitions", ServiceKinds::definitions),
          new Kind(
              "scalable-target",
              "application-autoscaling:DescribeScalableTargets",
              ServiceKinds::scalableTargets),
          new Kind(
              "load-balancer",
              "elasticloadbalancing:DescribeLoadBalancers",
              ServiceKinds::balancers),
          new Kind(
              "target-group",
              "elasticloadbalancing:DescribeTargetGroups",
              ServiceKinds::targetGroups),
          new Kind("ecr-repository", "ecr:DescribeRepositories", ServiceKinds::repositories),
          new Kind("log-group", "logs:DescribeLogGroups", ServiceKinds::logGroups),
          new Kind("alarm", "cloudwatch:DescribeAlarms", ServiceKinds::alarms),
          new Kind("dashboard", "cloudwatch:ListDashboards", ServiceKinds::dashboards));

  private ServiceKinds() {}

  private static List<Leftover> clusters(Aws aws) {
    return clusterArns(aws).stream().map(a -> Leftover.of("ecs-cluster", a, "")).toList();
  }

  private static List<Leftover> services(Aws aws) {
    return each(
        clusterArns(aws),
        cluster -> {
          List<Leftover> all = new ArrayList<>();
          List<String> arns =
              aws.ecs().listServicesPaginator(r -> r.cluster(cluster)).serviceArns().stream()
                  .toList();
          arns.forEach(a -> all.add(Leftover.of("ecs-service", a, "")));
          draining(aws, cluster, arns)
              .forEach(a -> all.add(new Leftover("ecs-service", a, "DRAINING", true)));
          return all;
        });
  }

  /**
   * A service that is being deleted is not listed any more, but its tasks still name it. Source:
   * ECS API, DeleteService.
   */
  private static List<String> draining(Aws aws, String cluster, List<String> listed) {
    List<String> tasks = new ArrayList<>(running(aws, cluster));
    aws.ecs()
        .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(DesiredStatus.STOPPED))
        .taskArns()
        .forEach(tasks::add);
    List<String> names =
        describe(aws, cluster, tasks).stream()
            .filter(t -> !"STOPPED".equals(t.lastStatus()))
            .map(Task::group)
            .filter(g -> g != null && g.startsWith("service:"))
            .map(g -> g.substring("service:".length()))
            .distinct()
            .filter(n -> listed.stream().noneMatch(a -> Arns.last(a).equals(n)))
            .limit(10)
            .toList();
    return names.isEmpty()
        ? List.of()
        : aws.ecs().describeServices(r -> r.cluster(cluster).services(names)).services().stream()
            .filter(s -> "DRAINING".equals(s.status()))
            .map(s -> s.serviceArn())
            .toList();
  }

  /** Tasks that run, and tasks that are being stopped: those cost too, until they have. */
  private static List<Leftover> tasks(Aws aws) {
    return each(
        clusterArns(aws),
        cluster -> {
          List<Leftover> all = new ArrayList<>();
          describe(aws, cluster, running(aws, cluster))
              .forEach(t ->
                  all.add(
                      Leftover.of("ecs-task", t.taskArn(), "")
                          .at(Prices.task(t.cpu(), t.memory()))));
          stopping(aws, cluster)
              .forEach(t ->
                  all.add(
                      new Leftover("ecs-task", t.taskArn(), String.valueOf(t.lastStatus()), true)));
          return all;
        });
  }

  private static List<String> running(Aws aws, String cluster) {
    return aws.ecs().listTasksPaginator(r -> r.cluster(cluster)).taskArns().stream().toList();
  }

  private static List<Task> stopping(Aws aws, String cluster) {
    List<String> arns =
        aws
            .ecs()
            .listTasksPaginator(r -> r.cluster(cluster).desiredStatus(DesiredStatus.STOPPED))
            .taskArns()
            .stream()
            .toList();
    List<Task> tasks = describe(aws, cluster, arns);
    return tasks.stream().filter(t -> !"STOPPED".equals(t.lastStatus())).toList();
  }

  private static List<Task> describe(Aws aws, String cluster, List<String> arns) {
    List<Task> tasks = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += 100) {
      List<String> page = arns.subList(from, Math.min(arns.size(), from + 100));
      tasks.addAll(aws.ecs().describeTasks(r -> r.cluster(cluster).tasks(page)).tasks());
    }
    return tasks;
  }

  private static List<Leftover> definitions(Aws aws) {
    return aws
        .ecs()
        .listTaskDefinitionsPaginator(r -> r.status(TaskDefinitionStatus.ACTIVE))
        .taskDefinitionArns()
        .stream()
        .map(a -> Leftover.of("task-definition", a, ""))
        .toList();
  }

  private static List<Leftover> scalableTargets(Aws aws) {
    return aws
        .autoScaling()
        .describeScalableTargetsPaginator(r -> r.serviceNamespace(ServiceNamespace.ECS))
        .scalableTargets()
        .stream()
        .map(t -> Leftover.of("scalable-target", t.resourceId(), ""))
        .toList();
  }

  private static List<Leftover> balancers(Aws aws) {
    return aws.elb().describeLoadBalancersPaginator(r -> {}).loadBalancers().stream()
        .map(b ->
            Leftover.of("load-balancer", b.loadBalancerArn(), b.dnsName()).at(Prices.LOAD_BALANCER))
        .toList();
  }

  private static List<Leftover> targetGroups(Aws aws) {
    return aws.elb().describeTargetGroupsPaginator(r -> {}).targetGroups().stream()
        .map(g -> Leftover.of("target-group", g.targetGroupArn(), ""))
        .toList();
  }

  private static List<Leftover> repositories(Aws aws) {
    return aws.ecr().describeRepositoriesPaginator(r -> {}).repositories().stream()
        .map(r -> {
          var images =
              aws
                  .ecr()
                  .describeImagesPaginator(q -> q.repositoryName(r.repositoryName()))
                  .imageDetails()
                  .stream()
                  .toList();
          long bytes =
              images.stream()
                  .mapToLong(m -> m.imageSizeInBytes() == null ? 0 : m.imageSizeInBytes())
                  .sum();
          return Leftover.of("ecr-repository", r.repositoryArn(), images.size() + " images")
              .at(Prices.images(bytes));
        })
        .toList();
  }

  private static List<Leftover> logGroups(Aws aws) {
    return aws.logs().describeLogGroupsPaginator(r -> {}).logGroups().stream()
        .map(g -> Leftover.of("log-group", g.logGroupName(), "").at(Prices.logs(g.storedBytes())))
        .toList();
  }

  private static List<Leftover> alarms(Aws aws) {
    var pages = aws.cloudWatch().describeAlarmsPaginator(r -> {});
    List<Leftover> all = new ArrayList<>();
    pages
        .metricAlarms()
        .forEach(a -> all.add(Leftover.of("alarm", a.alarmName(), "").at(Prices.ALARM)));
    pages.compositeAlarms().forEach(a -> all.add(Leftover.of("alarm", a.alarmName(), "")));
    return all;
  }

  private static List<Leftover> dashboards(Aws aws) {
    return aws.cloudWatch().listDashboardsPaginator(r -> {}).dashboardEntries().stream()
        .map(d -> Leftover.of("dashboard", d.dashboardName(), "").at(Prices.DASHBOARD))
        .toList();
  }

  private static List<String> clusterArns(Aws aws) {
    return aws.ecs().listClustersPaginator(r -> {}).clusterArns().stream()
        .sorted((a, b) -> Arns.last(a).compareTo(Arns.last(b)))
        .toList();
  }

  private static List<Leftover> each(
      List<String> clusters, Function<String, List<Leftover>> search) {
    return clusters.stream().flatMap(c -> search.apply(c).stream()).toList();
  }
}

package dev.slipway.verify;

import dev.slipway.twin.TwinAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** What may befall a service that is being watched, and where the API first shows it. */
enum Mishap {
  DESIRED_ZERO(
      "the desired count is set to 0", "DescribeServices: desiredCount 0", "svc-desired-zero") {
    @Override
    void befall(Estate estate) {
      estate.ecs.updateService(r -> r.cluster(Estate.CLUSTER).service(SERVICE).desiredCount(0));
    }

    @Override
    boolean shows(Estate estate) {
      return service(estate).desiredCount() == 0;
    }
  },
  RULE_REMOVED(
      "the rule that leads to it is deleted",
      "DescribeRules: the rule is not there",
      "alb-no-rule-for-service") {
    @Override
    void befall(Estate estate) {
      rules(estate).forEach(rule -> estate.elb.deleteRule(r -> r.ruleArn(rule.ruleArn())));
    }

    @Override
    boolean shows(Estate estate) {
      return rules(estate).isEmpty();
    }
  },
  GROUP_CLOSED(
      "the tasks' security group lets nobody in any more",
      "DescribeSecurityGroups: no ingress",
      "net-task-sg-ingress-missing-alb") {
    @Override
    void befall(Estate estate) {
      String group = tasksGroup(estate).groupId();
      estate.ec2.revokeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(Estate.ALL));
    }

    @Override
    boolean shows(Estate estate) {
      return tasksGroup(estate).ipPermissions().isEmpty();
    }
  },
  TARGET_TAKEN_OUT(
      "its target is deregistered by hand",
      "DescribeTargetHealth: the task's target is not healthy",
      "alb-target-missing") {
    @Override
    void befall(Estate estate) {
      String group = group(estate);
      targets(estate)
          .forEach(
              t -> estate.elb.deregisterTargets(r -> r.targetGroupArn(group).targets(t.target())));
    }

    @Override
    boolean shows(Estate estate) {
      return targets(estate).stream()
          .noneMatch(t -> "healthy".equals(t.targetHealth().stateAsString()));
    }
  },
  ANSWERS_503(
      "a revision is rolled out that answers its health checks with 200 and all else with 503",
      "DescribeServices: COMPLETED; a request through the load balancer: 503",
      "app-shallow-health") {
    @Override
    void befall(Estate estate) {
      estate.deploy(SERVICE, "ill");
    }

    @Override
    boolean deployed() {
      return true;
    }

    @Override
    boolean shows(Estate estate) {
      return estate.steady(SERVICE) && answer(estate) == 503;
    }
  },
  CRASH_LOOP(
      "a revision is deployed whose program ends at its start",
      "DescribeTasks: a second stopped task with an exit code",
      "app-exits-at-start") {
    @Override
    void befall(Estate estate) {
      estate.deploy(SERVICE, "crashing");
    }

    @Override
    boolean deployed() {
      return true;
    }

    @Override
    boolean shows(Estate estate) {
      return stopped(estate).stream()
              .filter(t -> t.containers().stream().anyMatch(c -> c.exitCode() != null))
              .count()
          > 1;
    }
  },
  IMAGE_ABSENT(
      "a revision is deployed whose image the registry does not have",
      "DescribeServices: a deployment of that revision",
      "img-tag-not-in-registry") {
    @Override
    void befall(Estate estate) {
      estate.deploy(SERVICE, "absent");
    }

    @Override
    boolean shows(Estate estate) {
      return service(estate).deployments().size() > 1;
    }
  },
  ROLE_DELETED(
      "the execution role is deleted, then a deployment forced",
      "DescribeServices: the deployment; GetRole: NoSuchEntity",
      "iam-role-trust-wrong") {
    @Override
    void befall(Estate estate) {
      estate.iam.detachRolePolicy(r -> r.roleName("execution").policyArn(Estate.EXECUTION));
      estate.iam.deleteRole(r -> r.roleName("execution"));
      estate.ecs.updateService(
          r -> r.cluster(Estate.CLUSTER).service(SERVICE).forceNewDeployment(true));
    }

    @Override
    boolean shows(Estate estate) {
      try {
        estate.iam.getRole(r -> r.roleName("execution"));
        return false;
      } catch (NoSuchEntityException e) {
        return service(estate).deployments().size() > 1;
      }
    }
  };

  /** The service that it befalls; it has a rule of its own. */
  static final String SERVICE = "web-1";

  private final String words;
  private final String evidence;
  private final String cause;

  Mishap(String words, String evidence, String cause) {
    this.words = words;
    this.evidence = evidence;
    this.cause = cause;
  }

  /** Does it. */
  abstract void befall(Estate estate);

  /** Whether the API shows it. */
  abstract boolean shows(Estate estate);

  /** Whether the verifier is called as a pipeline does: after a deployment, to wait for it. */
  boolean deployed() {
    return false;
  }

  String words() {
    return words;
  }

  String evidence() {
    return evidence;
  }

  /** The cause that must be named first. */
  String cause() {
    return cause;
  }

  /** An account of its own, a copy of a healthy one. */
  Estate in(TwinAccount healthy) {
    return new Estate(healthy.fork("20000000000" + ordinal()));
  }

  private static Service service(Estate estate) {
    return estate
        .ecs
        .describeServices(r -> r.cluster(Estate.CLUSTER).services(SERVICE))
        .services()
        .getFirst();
  }

  private static String group(Estate estate) {
    return service(estate).loadBalancers().getFirst().targetGroupArn();
  }

  private static List<TargetHealthDescription> targets(Estate estate) {
    String group = group(estate);
    return estate.elb.describeTargetHealth(r -> r.targetGroupArn(group)).targetHealthDescriptions();
  }

  private static List<Rule> rules(Estate estate) {
    String group = group(estate);
    String balancer =
        estate.elb.describeLoadBalancers(r -> {}).loadBalancers().getFirst().loadBalancerArn();
    String listener =
        estate
            .elb
            .describeListeners(r -> r.loadBalancerArn(balancer))
            .listeners()
            .getFirst()
            .listenerArn();
    return estate.elb.describeRules(r -> r.listenerArn(listener)).rules().stream()
        .filter(r -> r.actions().stream().anyMatch(a -> group.equals(a.targetGroupArn())))
        .toList();
  }

  private static SecurityGroup tasksGroup(Estate estate) {
    return estate
        .ec2
        .describeSecurityGroups(r -> r.filters(f -> f.name("group-name").values("tasks")))
        .securityGroups()
        .getFirst();
  }

  /** What somebody gets who asks for it as its users do. */
  private static int answer(Estate estate) {
    String host = estate.elb.describeLoadBalancers(r -> {}).loadBalancers().getFirst().dnsName();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":8080/" + SERVICE + "/")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Task> stopped(Estate estate) {
    List<String> arns =
        estate
            .ecs
            .listTasks(r ->
                r.cluster(Estate.CLUSTER).serviceName(SERVICE).desiredStatus(DesiredStatus.STOPPED))
            .taskArns();
    return arns.isEmpty()
        ? List.of()
        : estate.ecs.describeTasks(r -> r.cluster(Estate.CLUSTER).tasks(arns)).tasks();
  }
}

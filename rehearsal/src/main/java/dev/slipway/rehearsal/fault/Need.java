package dev.slipway.rehearsal.fault;

import dev.slipway.rehearsal.stage.Belongings;
import dev.slipway.rehearsal.stage.Stage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ecs.model.DeploymentCircuitBreaker;
import software.amazon.awssdk.services.ecs.model.LogConfiguration;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;

/** What a healthy stack must have so that a fault can be made in it. */
public enum Need {
  /** A route to everywhere in each route table of the tasks' subnets. */
  DEFAULT_ROUTE("its tasks' subnets have no default route") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().routeTables().stream().allMatch(t -> leadingOut(t).isPresent());
    }
  },
  /** The tasks' subnets are not those of the load balancer. */
  APART("its tasks are in the subnets of the load balancer") {
    @Override
    public boolean met(Stage stage) {
      return Collections.disjoint(stage.its().subnets(), publicSubnets(stage.its()));
    }
  },
  /** A NAT gateway on the way out. */
  NAT("its tasks have no NAT gateway on their way out") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().routeTables().stream()
          .allMatch(t -> leadingOut(t).map(Route::natGatewayId).isPresent());
    }
  },
  /** No interface endpoints of AWS's services. */
  NO_ENDPOINTS("its VPC has interface endpoints already") {
    @Override
    public boolean met(Stage stage) {
      String vpc = stage.its().vpc();
      return stage
          .ec2()
          .describeVpcEndpoints(r -> r.filters(f -> f.name("vpc-id").values(vpc)))
          .vpcEndpoints()
          .stream()
          .noneMatch(e -> "Interface".equals(e.vpcEndpointTypeAsString()));
    }
  },
  /** Route tables of the tasks' subnets beside the main one, which leads nowhere. */
  OWN_ROUTE_TABLES("the main route table of its VPC leads out too, or is the one of its tasks") {
    @Override
    public boolean met(Stage stage) {
      String vpc = stage.its().vpc();
      List<RouteTable> main =
          stage
              .ec2()
              .describeRouteTables(r ->
                  r.filters(
                      f -> f.name("vpc-id").values(vpc),
                      f -> f.name("association.main").values("true")))
              .routeTables();
      return main.stream().allMatch(t -> leadingOut(t).isEmpty())
          && stage.its().routeTables().stream().allMatch(t -> leadingOut(t).isPresent());
    }
  },
  /** A load balancer that the internet reaches. */
  INTERNET_FACING("its load balancer is internal") {
    @Override
    public boolean met(Stage stage) {
      return "internet-facing".equals(stage.its().loadBalancer().schemeAsString());
    }
  },
  /** Tasks' subnets in two availability zones. */
  TWO_ZONES("its tasks have one availability zone") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().zones().size() > 1;
    }
  },
  /** Two tasks. */
  TWO_TASKS("it runs one task") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().described().desiredCount() > 1;
    }
  },
  /** A circuit breaker that rolls back. */
  ROLLBACK("its service has no circuit breaker that rolls back") {
    @Override
    public boolean met(Stage stage) {
      DeploymentCircuitBreaker breaker =
          stage.its().described().deploymentConfiguration().deploymentCircuitBreaker();
      return breaker != null && breaker.enable() && breaker.rollback();
    }
  },
  /** A grace period that a program can start too slowly for. */
  SHORT_GRACE("its grace period is longer than five minutes") {
    @Override
    public boolean met(Stage stage) {
      Integer grace = stage.its().described().healthCheckGracePeriodSeconds();
      return grace == null || grace < 300;
    }
  },
  /** Logs that go to CloudWatch. */
  LOG_GROUP("its container does not log to CloudWatch") {
    @Override
    public boolean met(Stage stage) {
      LogConfiguration logs = stage.its().container().logConfiguration();
      return logs != null && "awslogs".equals(logs.logDriverAsString());
    }
  },
  /** A role that images are pulled with. */
  EXECUTION_ROLE("its tasks have no execution role") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().taskDefinition().executionRoleArn() != null;
    }
  },
  /** A role of the program. */
  TASK_ROLE("its tasks have no task role") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().taskDefinition().taskRoleArn() != null;
    }
  },
  /** Requests that come to the service when no rule takes them. */
  BY_DEFAULT("its listener leads to it by a rule, and elsewhere by default") {
    @Override
    public boolean met(Stage stage) {
      String group = stage.its().targetGroup().targetGroupArn();
      return stage.its().listener().defaultActions().stream().anyMatch(a -> leads(a, group));
    }
  },
  /** A load balancer that speaks plain HTTP alone. */
  PLAIN_HTTP("its load balancer speaks HTTPS already") {
    @Override
    public boolean met(Stage stage) {
      return stage.its().listeners().stream()
          .map(Listener::protocolAsString)
          .allMatch("HTTP"::equals);
    }
  },
  /** A repository whose images are scanned when they are pushed. */
  SCANS("its repository scans no images") {
    @Override
    public boolean met(Stage stage) {
      String name = stage.its().repositoryName();
      return stage
          .ecr()
          .describeRepositories(r -> r.repositoryNames(name))
          .repositories()
          .getFirst()
          .imageScanningConfiguration()
          .scanOnPush();
    }
  },
  /** A security group and a target group that Terraform's state knows. */
  IN_STATE("its security group and target group are in no state of this root") {
    @Override
    public boolean met(Stage stage) throws IOException, InterruptedException {
      String state = stage.terraform().show();
      return state.contains(stage.its().securityGroups().getFirst())
          && state.contains(stage.its().targetGroup().targetGroupArn());
    }
  },
  /** A service and its task definition that Terraform's state knows. */
  SERVICE_IN_STATE("its service and task definition are in no state of this root") {
    @Override
    public boolean met(Stage stage) throws IOException, InterruptedException {
      String state = stage.terraform().show();
      return state.contains(stage.its().described().serviceArn())
          && state.contains('"' + stage.its().taskDefinition().family() + '"');
    }
  },
  /** A load balancer that Terraform's state knows. */
  BALANCER_IN_STATE("its load balancer is in no state of this root") {
    @Override
    public boolean met(Stage stage) throws IOException, InterruptedException {
      return stage.terraform().show().contains(stage.its().loadBalancer().loadBalancerArn());
    }
  },
  /** An auto scaler that Terraform's state knows. */
  SCALER_IN_STATE("its auto scaling is in no state of this root") {
    @Override
    public boolean met(Stage stage) throws IOException, InterruptedException {
      return stage.terraform().show().contains("\"aws_appautoscaling_target\"");
    }
  },
  /** A Terraform that deploys by itself. */
  DEPLOYED_BY_TERRAFORM("its image is no variable of Terraform that is known here") {
    @Override
    public boolean met(Stage stage) {
      return stage.deploysWithTerraform();
    }
  },
  /** A root for what outlives the service. */
  FOUNDATION("its registry has no Terraform root of its own here") {
    @Override
    public boolean met(Stage stage) {
      return stage.foundation().isPresent();
    }
  };

  private static final String ANYWHERE = "0.0.0.0/0";

  private final String lacking;

  Need(String lacking) {
    this.lacking = lacking;
  }

  /** What a stack is like that has not got it. */
  public String lacking() {
    return lacking;
  }

  /**
   * Whether a healthy stage has it.
   *
   * @throws Exception when it cannot be told
   */
  public abstract boolean met(Stage stage) throws Exception;

  private static Optional<Route> leadingOut(RouteTable table) {
    return table.routes().stream()
        .filter(r -> ANYWHERE.equals(r.destinationCidrBlock()))
        .findFirst();
  }

  private static List<String> publicSubnets(Belongings its) {
    return its.loadBalancer().availabilityZones().stream().map(z -> z.subnetId()).toList();
  }

  private static boolean leads(Action action, String group) {
    return group.equals(action.targetGroupArn())
        || (action.forwardConfig() != null
            && action.forwardConfig().targetGroups().stream()
                .anyMatch(t -> group.equals(t.targetGroupArn())));
  }
}

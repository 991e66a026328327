package dev.slipway.twin.emulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.clients.RunningTwin;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;
import software.amazon.awssdk.services.ecr.waiters.EcrWaiter;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.waiters.EcsWaiter;
import software.amazon.awssdk.services.elasticloadbalancingv2.waiters.ElasticLoadBalancingV2Waiter;
import software.amazon.awssdk.services.iam.waiters.IamWaiter;

/** The waiters of the AWS SDK for Java on a service from its start to its end. */
class JavaWaitersTest {

  private static final Consumer<WaiterOverrideConfiguration.Builder> FAST =
      c -> c.maxAttempts(300).backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(50)));

  @Test
  void succeedAndFailWithTheServicesLife(@TempDir Path directory) {
    try (RunningTwin twin = new RunningTwin(directory, 60);
        HttpClient web = HttpClient.newHttpClient();
        SdkHttpClient http = UrlConnectionHttpClient.create()) {
      Account account = new Account(twin, "000000000001", http, web);
      Stack stack = StartRows.stack(account);
      stack.create(stack.define("one"));
      balancerAndNetwork(stack);
      serviceAndTasks(stack);
      registryAndRole(account);
    }
  }

  private static void balancerAndNetwork(Stack stack) {
    String arn = stack.balancer.loadBalancerArn();
    try (ElasticLoadBalancingV2Waiter waiter =
            ElasticLoadBalancingV2Waiter.builder()
                .client(stack.account.elb)
                .overrideConfiguration(FAST)
                .build();
        Ec2Waiter ec2 =
            Ec2Waiter.builder().client(stack.account.ec2).overrideConfiguration(FAST).build()) {
      waiter.waitUntilLoadBalancerExists(r -> r.loadBalancerArns(arn));
      waiter.waitUntilLoadBalancerAvailable(r -> r.loadBalancerArns(arn));
      waiter.waitUntilTargetInService(r -> r.targetGroupArn(stack.targetGroup));
      String nat =
          stack
              .account
              .ec2
              .createNatGateway(r ->
                  r.subnetId(stack.network.subnets.getFirst())
                      .allocationId(
                          stack.account.ec2.allocateAddress(a -> a.domain("vpc")).allocationId()))
              .natGateway()
              .natGatewayId();
      ec2.waitUntilNatGatewayAvailable(r -> r.natGatewayIds(nat));
      stack.account.ec2.deleteNatGateway(r -> r.natGatewayId(nat));
      ec2.waitUntilNatGatewayDeleted(r -> r.natGatewayIds(nat));
      fails(() -> ec2.waitUntilNatGatewayAvailable(r -> r.natGatewayIds(nat)), "deleted");
    }
  }

  private static void serviceAndTasks(Stack stack) {
    try (EcsWaiter waiter =
        EcsWaiter.builder().client(stack.account.ecs).overrideConfiguration(FAST).build()) {
      waiter.waitUntilServicesStable(r -> r.cluster(Stack.CLUSTER).services(Stack.SERVICE));
      String task = new Watch(stack).tasks(DesiredStatus.RUNNING).getFirst().taskArn();
      waiter.waitUntilTasksRunning(r -> r.cluster(Stack.CLUSTER).tasks(task));
      stack.account.ecs.stopTask(r -> r.cluster(Stack.CLUSTER).task(task));
      waiter.waitUntilTasksStopped(r -> r.cluster(Stack.CLUSTER).tasks(task));
      fails(
          () -> waiter.waitUntilTasksRunning(r -> r.cluster(Stack.CLUSTER).tasks(task)), "STOPPED");
      stack.account.ecs.deleteService(
          r -> r.cluster(Stack.CLUSTER).service(Stack.SERVICE).force(true));
      waiter.waitUntilServicesInactive(r -> r.cluster(Stack.CLUSTER).services(Stack.SERVICE));
      fails(
          () -> waiter.waitUntilServicesStable(r -> r.cluster(Stack.CLUSTER).services("none")),
          "MISSING");
    }
  }

  private static void registryAndRole(Account account) {
    try (EcrWaiter ecr =
            EcrWaiter.builder().client(account.ecr).overrideConfiguration(FAST).build();
        IamWaiter iam =
            IamWaiter.builder().client(account.iam).overrideConfiguration(FAST).build()) {
      account.ecr.startImageScan(r -> r.repositoryName("web").imageId(i -> i.imageTag("one")));
      var scanned =
          ecr.waitUntilImageScanComplete(
              r -> r.repositoryName("web").imageId(i -> i.imageTag("one")));
      assertThat(scanned.matched().response()).isPresent();
      iam.waitUntilRoleExists(r -> r.roleName(Stack.ROLE));
    }
  }

  private static void fails(ThrowingCallable wait, String why) {
    assertThatThrownBy(wait).hasMessageContaining(why);
  }
}

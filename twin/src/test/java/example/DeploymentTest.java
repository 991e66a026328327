package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import dev.slipway.twin.wire.FaultRule;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.EcsException;

/** How others use the twin in their tests; it stands in docs/using-the-twin.md. */
@Twin(runtime = RuntimeKind.SIMULATED)
class DeploymentTest {

  private static TwinAccount shared;
  private TwinAccount own;

  @BeforeAll
  static void prepare() {
    ecs(shared).createCluster(r -> r.clusterName("of-the-class"));
  }

  private static EcsClient ecs(TwinAccount account) {
    return account.client(EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
  }

  @Test
  void everyTestHasAnAccountOfItsOwn() {
    assertThat(ecs(own).listClusters().clusterArns()).isEmpty();
    assertThat(ecs(shared).listClusters().clusterArns()).hasSize(1);
  }

  @Test
  void aParameterIsTheTestsAccountToo(TwinAccount account) {
    assertThat(account.id()).isEqualTo(own.id()).isNotEqualTo(shared.id());
  }

  @Test
  void aForkIsAnotherWorldThatBeginsAlike() {
    TwinAccount fork = shared.fork("210000000001");
    ecs(fork).deleteCluster(r -> r.cluster("of-the-class"));
    assertThat(ecs(shared).describeClusters(r -> r.clusters("of-the-class")).clusters())
        .singleElement()
        .satisfies(c -> assertThat(c.status()).isEqualTo("ACTIVE"));
  }

  @Test
  void callsFailWhenToldSoAndAreSeen() {
    own.twin().faults().add(FaultRule.throttle("ecs", "List*").in(own.id()).times(1));
    EcsClient ecs =
        own.client(
            EcsClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1))));
    assertThatThrownBy(ecs::listClusters)
        .isInstanceOf(EcsException.class)
        .hasMessageContaining("Rate exceeded");
    assertThat(ecs.listClusters().clusterArns()).isEmpty();
    assertThat(own.calls())
        .extracting(call -> call.action() + " " + call.errorCode())
        .containsExactly("ListClusters ThrottlingException", "ListClusters ");
  }

  @Test
  void timeIsTheTests() {
    Instant before = own.clock().instant();
    own.clock().advance(Duration.ofHours(3));
    assertThat(own.clock().instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(3)));
  }
}

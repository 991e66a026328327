package dev.slipway.validation.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.validation.FakeAws;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A trouble that passes does not end an observation; one that stays is named for what it is. */
class ReliabilityTest {

  private static final String TASKS = "ListTasks";

  private FakeAws fake;
  private AwsClients clients;
  private Observer observer;

  @BeforeEach
  void start() throws Unanswered {
    fake = ObservedService.sound(new FakeAws());
    // A machine under load answers late, and that is not what is tried here.
    observe(AwsClients.Patience.NORMAL);
  }

  private void observe(AwsClients.Patience patience) throws Unanswered {
    clients = AwsClients.of("", patience);
    observer =
        new Observer(
            clients,
            Wanted.of("staging", "orders"),
            (_, _) -> new Probe.Answer(200, "", "", ""),
            new Pace(Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofMillis(500), 1),
            InstantSource.system(),
            Waiter.REAL);
  }

  @AfterEach
  void stop() {
    stopObserving();
    fake.close();
  }

  private void stopObserving() {
    observer.close();
    clients.close();
  }

  private Unanswered givesUp() {
    observer.start();
    return catchThrowableOfType(
        Unanswered.class, () -> observer.after(0, Instant.now().plusSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource({
    "DescribeServices,400,ThrottlingException",
    "DescribeServices,500,ServerException",
    "DescribeServices,503,ServiceUnavailableException",
    "ListTasks,400,ThrottlingException",
    "DescribeTasks,500,ServerException",
    "ListServiceDeployments,502,''",
    "DescribeTaskDefinition,400,ThrottlingException",
  })
  void outlastsWhatPasses(String operation, int status, String code) throws Exception {
    fake.first(operation, 5, status, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(code));
    observer.start();
    Snapshot snapshot = observer.after(0, Instant.now().plusSeconds(20));
    assertThat(snapshot.tasks()).extracting(Tasks::id).contains("a", "b");
    assertThat(snapshot.rollout().taskDefinitions()).hasSize(1);
    assertThat(snapshot.gaps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeServices", "ListTasks", "DescribeTaskDefinition"})
  void outlastsResetsAndSlowAnswers(String operation) throws Exception {
    fake.reset(operation, 4);
    fake.delay(operation, 1, Duration.ofMillis(600));
    observer.start();
    Snapshot snapshot = observer.after(0, Instant.now().plusSeconds(20));
    assertThat(snapshot.tasks()).extracting(Tasks::id).contains("a", "b");
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void saysThatNothingAnswersWhenAllConnectionsBreak() {
    fake.reset("DescribeServices", Integer.MAX_VALUE);
    Unanswered end = givesUp();
    assertThat(end.trouble()).isEqualTo(Trouble.NO_ANSWER);
    assertThat(end.action()).isEqualTo("ecs:DescribeServices");
  }

  @Test
  void saysThatNothingAnswersWhenAnswersAreTooSlow() throws Unanswered {
    stopObserving();
    observe(
        new AwsClients.Patience(
            Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofMillis(700)));
    fake.delay("DescribeServices", Integer.MAX_VALUE, Duration.ofSeconds(1));
    assertThat(givesUp().trouble()).isEqualTo(Trouble.NO_ANSWER);
  }

  @Test
  void saysThatAwsItselfFails() {
    fake.first(
        "DescribeServices",
        Integer.MAX_VALUE,
        500,
        "{\"__type\":\"ServerException\",\"message\":\"Service Unavailable\"}");
    assertThat(givesUp().trouble()).isEqualTo(Trouble.SERVER);
  }

  @ParameterizedTest
  @CsvSource({
    "RequestTimeTooSkewed,The difference between the request time and the server's time is large",
    "RequestInTheFuture,Request is in the future",
    "InvalidSignatureException,Signature expired: 20260301T120000Z is now earlier than …",
    "InvalidSignatureException,Signature not yet current: 20260301T120000Z is still later than …",
  })
  void tellsAWrongClockFromWrongCredentials(String code, String message) {
    fake.first(
        "DescribeServices",
        Integer.MAX_VALUE,
        403,
        "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
    Unanswered end = givesUp();
    assertThat(end.trouble()).isEqualTo(Trouble.CLOCK);
    assertThat(end.getMessage()).contains("AWS's clock says ").contains(" GMT");
  }

  @Test
  void tellsAWrongRegionFromWrongCredentials() {
    fake.first(
        "DescribeServices",
        Integer.MAX_VALUE,
        400,
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"Credential should be scoped to a"
            + " valid region.\"}");
    assertThat(givesUp().trouble()).isEqualTo(Trouble.WRONG_REGION);
  }

  @Test
  void tellsANameThatDoesNotResolveFromAnEndpointThatDoesNotAnswer() {
    assertThat(
            Trouble.of(
                SdkClientException.create(
                    "Received an UnknownHostException when attempting to interact with a"
                        + " service.")))
        .isEqualTo(Trouble.WRONG_REGION);
    assertThat(Trouble.of(SdkClientException.create("Connection refused")))
        .isEqualTo(Trouble.NO_ANSWER);
  }

  @Test
  void saysThatASignatureIsWrong() {
    fake.first(
        "DescribeServices",
        Integer.MAX_VALUE,
        403,
        "{\"__type\":\"InvalidSignatureException\",\"message\":\"The request signature we"
            + " calculated does not match the signature you provided.\"}");
    assertThat(givesUp().trouble()).isEqualTo(Trouble.BAD_CREDENTIALS);
  }

  @Test
  void learnsAwssTimeFromItsAnswers() throws Exception {
    observer.start();
    observer.after(0, Instant.now().plusSeconds(20));
    assertThat(clients.time().ahead()).isBetween(Duration.ofSeconds(-5), Duration.ofSeconds(5));
    assertThat(clients.sent()).isGreaterThanOrEqualTo(fake.asked().size()).isPositive();
  }

  @Test
  void namesThePermissionThatIsMissing() throws Exception {
    fake.first(
        TASKS,
        Integer.MAX_VALUE,
        400,
        "{\"__type\":\"AccessDeniedException\",\"message\":\"User: x is not authorized\"}");
    observer.start();
    Snapshot snapshot = observer.after(0, Instant.now().plusSeconds(20));
    assertThat(snapshot.gap("ecs:ListTasks").orElseThrow().sentence())
        .isEqualTo("missing permission ecs:ListTasks");
    assertThat(snapshot.tasks()).isEqualTo(List.of());
  }
}

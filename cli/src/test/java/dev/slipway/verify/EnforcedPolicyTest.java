package dev.slipway.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.check.Severity;
import dev.slipway.validation.observe.AwsClients;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Waiter;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.suite.Choices;
import dev.slipway.validation.suite.Limits;
import dev.slipway.validation.suite.Session;
import dev.slipway.validation.suite.SuiteRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.model.AccessKey;

/** The verifier under exactly the policy of docs/, and without each of its actions. */
@Twin(runtime = RuntimeKind.SIMULATED, enforceIam = true)
class EnforcedPolicyTest {

  private static final Limits LIMITS =
      new Limits(Duration.ofSeconds(60), Duration.ofSeconds(2), 0, Duration.ZERO);
  private static final Choices CHOICES = new Choices(Severity.CRITICAL, Map.of());

  private static TwinAccount account;
  private static Estate estate;
  private static List<String> actions;

  /** What is asked of an address that does not exist, of a fleet, and of what nobody has here. */
  private static final Set<String> NOT_ASKED_HERE =
      Set.of(
          "acm:DescribeCertificate",
          "ec2:GetManagedPrefixListEntries",
          "ecr:BatchGetImage",
          "ecr:DescribePullThroughCacheRules",
          "ecr:GetDownloadUrlForLayer",
          "ecs:ListClusters",
          "ecs:ListServices",
          "logs:GetLogEvents");

  /** What no check needs of a service that serves: it tells why another one does not. */
  private static final Set<String> ONLY_EXPLAINS = Set.of("ec2:DescribeNetworkInterfaces");

  @BeforeAll
  static void build() throws IOException {
    actions = new ArrayList<>();
    JsonNode policy =
        new JsonMapper().readTree(Files.readString(Path.of("../docs/verifier-policy.json")));
    policy.path("Statement").get(0).path("Action").forEach(a -> actions.add(a.asText()));
    estate = new Estate(account).prepare();
    estate.keepAndAllowMore();
    estate.service("web", 2);
    estate.serviceWithoutImage("bare");
    await().atMost(Duration.ofMinutes(2)).until(() -> estate.steady("web"));
  }

  /** A user who may do all of the policy but one action. */
  private static AccessKey user(String name, String without) {
    estate.iam.createUser(r -> r.userName(name));
    List<String> allowed = actions.stream().filter(a -> !a.equals(without)).toList();
    String document =
        new JsonMapper()
            .valueToTree(
                Map.of(
                    "Version",
                    "2012-10-17",
                    "Statement",
                    List.of(Map.of("Effect", "Allow", "Action", allowed, "Resource", "*"))))
            .toString();
    String arn =
        estate.iam.createPolicy(r -> r.policyName(name).policyDocument(document)).policy().arn();
    estate.iam.attachUserPolicy(r -> r.userName(name).policyArn(arn));
    return estate.iam.createAccessKey(r -> r.userName(name)).accessKey();
  }

  /**
   * What a verification came to.
   *
   * @param report the report
   * @param said everything that says what could not be read
   */
  private record Outcome(Report report, String said) {

    Verdict verdict() {
      return report.verdict();
    }
  }

  private static Outcome verify(AccessKey key, String service) throws Exception {
    AwsClients clients =
        AwsClients.at(
            account.endpoint(),
            account.region(),
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey())),
            InstantSource.system(),
            Waiter.REAL);
    try (Session session =
        Session.open(
            clients, Wanted.of(Estate.CLUSTER, service), LIMITS, CHOICES, Progress.SILENT)) {
      String ended = "";
      try {
        SuiteRun.run(session, List.of(), null);
      } catch (Unanswered e) {
        ended = e.action();
      }
      Report report = session.verification().report(ended);
      Stream<String> skipped =
          report.checks().stream()
              .filter(c -> c.status() == CheckResult.Status.SKIP)
              .map(CheckResult::observed);
      return new Outcome(
          report,
          String.join(
              "\n",
              Stream.of(Stream.of(ended), skipped, report.unread().stream())
                  .flatMap(s -> s)
                  .toList()));
    }
  }

  private static Set<String> refused(AccessKey key) {
    Set<String> refused = new TreeSet<>();
    account.calls().stream()
        .filter(c -> c.accessKeyId().equals(key.accessKeyId()))
        .filter(c -> c.errorCode().matches("AccessDenied.*|UnauthorizedOperation"))
        .forEach(c -> refused.add(c.action()));
    return refused;
  }

  @Test
  void looksAtEverythingUnderExactlyThePolicy() throws Exception {
    AccessKey key = user("all", "");
    Outcome healthy = verify(key, "web");
    assertThat(healthy.verdict()).as(healthy.said()).isEqualTo(Verdict.PASS);
    assertThat(healthy.report().unread()).isEmpty();
    Outcome broken = verify(key, "bare");
    assertThat(broken.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(broken.report().causes().getFirst().id()).isEqualTo("img-tag-not-in-registry");
    assertThat(broken.report().unread()).isEmpty();
    assertThat(refused(key)).isEmpty();
  }

  @Test
  void namesEachActionThatIsTakenAway() throws Exception {
    Map<String, Future<String>> answers = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < actions.size(); i++) {
        String action = actions.get(i);
        String name = "without-" + i;
        answers.put(action, threads.submit(() -> without(name, action)));
      }
    }
    Map<String, String> wrong = new TreeMap<>();
    Set<String> notAsked = new TreeSet<>();
    for (Map.Entry<String, Future<String>> answer : answers.entrySet()) {
      String trouble = answer.getValue().get();
      if (trouble.equals("not asked")) {
        notAsked.add(answer.getKey());
      } else if (!trouble.isEmpty()) {
        wrong.put(answer.getKey(), trouble);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(notAsked).isEqualTo(NOT_ASKED_HERE);
  }

  /** What is wrong with what is said without an action; empty when nothing is. */
  private static String without(String name, String action) throws Exception {
    AccessKey key = user(name, action);
    for (String service : List.of("web", "bare")) {
      Outcome outcome = verify(key, service);
      boolean asked = !refused(key).isEmpty();
      if (asked && !outcome.said().contains(action)) {
        return service + ": not named in " + outcome.said();
      }
      if (asked && service.equals("web") && outcome.verdict() == Verdict.FAIL) {
        return "a healthy service fails: " + outcome.report().checks();
      }
      if (asked
          && !ONLY_EXPLAINS.contains(action)
          && outcome.verdict() == Verdict.PASS
          && outcome.report().checks().stream()
              .filter(c -> c.status() == CheckResult.Status.SKIP)
              .noneMatch(c -> c.observed().contains(action))) {
        return service + ": passes though " + outcome.said();
      }
      if (asked) {
        return "";
      }
    }
    return "not asked";
  }
}

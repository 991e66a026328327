package dev.slipway.validation.report;

import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import java.util.List;

/** What the verifier says when it cannot verify. */
public final class Messages {

  private static final int LISTED = 10;

  private Messages() {}

  /** The cluster, service or revision does not exist. */
  public static Message wrongAddress(WrongAddress problem, Wanted wanted, String region) {
    String existing = list(problem.existing());
    String retry = "slipway verify --cluster %s --service %s";
    return switch (problem.kind()) {
      case CLUSTER ->
          new Message(
              "cluster %s does not exist in %s".formatted(wanted.cluster(), region),
              "expected a cluster of that name; there " + existing,
              "a typing error, another region or another account",
              List.of(
                  retry.formatted(first(problem.existing(), "NAME"), wanted.service()),
                  "aws ecs list-clusters --region " + region));
      case SERVICE, SERVICE_INACTIVE ->
          new Message(
              "service %s does not exist in cluster %s"
                  .formatted(wanted.service(), wanted.cluster()),
              (problem.kind() == WrongAddress.Kind.SERVICE
                      ? "expected a service of that name; there "
                      : "it was deleted (status INACTIVE); there ")
                  + existing,
              "a typing error, another cluster, or the service was never created",
              List.of(
                  retry.formatted(wanted.cluster(), first(problem.existing(), "NAME")),
                  "aws ecs list-services --cluster %s --region %s"
                      .formatted(wanted.cluster(), region)));
      case REVISION ->
          new Message(
              "task definition %s does not exist".formatted(wanted.revision()),
              "expected --expect-revision to name a registered revision; there " + existing,
              "the revision was never registered, or it is of another account or region",
              List.of(
                  retry.formatted(wanted.cluster(), wanted.service())
                      + " --expect-revision "
                      + first(problem.existing(), "family:number")));
    };
  }

  /** AWS could not be asked. */
  public static Message unanswered(Unanswered problem, String endpoint) {
    String at = endpoint.isEmpty() ? "AWS" : endpoint;
    String said = firstLine(problem.getMessage());
    return switch (problem.trouble()) {
      case NO_REGION ->
          new Message(
              "no region to ask AWS in",
              "expected --region, AWS_REGION or a region in the profile; found none",
              "the environment is not set up",
              List.of("AWS_REGION=eu-central-1 slipway verify …"));
      case WRONG_REGION ->
          new Message(
              at + " knows no such region",
              problem.action() + ": " + said,
              "a typing error in --region, AWS_REGION or the profile, or no network",
              List.of(
                  "aws ec2 describe-regions --region us-east-1 --query 'Regions[].RegionName'",
                  "slipway verify … --region eu-central-1"));
      case NO_CREDENTIALS ->
          new Message(
              "no credentials to ask " + at + " with",
              "expected AWS_ACCESS_KEY_ID, a profile or a role; " + said,
              "nobody is signed in",
              List.of("aws sts get-caller-identity", "aws sso login"));
      case BAD_CREDENTIALS ->
          new Message(
              at + " does not accept the credentials",
              problem.action() + ": " + said,
              "the credentials have expired or are of another account",
              List.of("aws sts get-caller-identity", "aws sso login"));
      case CLOCK ->
          new Message(
              "this machine's clock is too far from AWS's",
              problem.action() + ": " + said,
              "the clock was never set, or the machine slept; AWS accepts 5 minutes, some services 15",
              List.of("date -u", "sudo chronyc makestep"));
      case DENIED ->
          new Message(
              "not allowed to ask " + problem.action(),
              said,
              "the caller's policy lacks " + problem.action(),
              List.of("allow " + problem.action() + " to the caller, then run the command again"));
      case THROTTLED ->
          new Message(
              at + " throttled " + problem.action() + " to the end",
              said,
              "another client uses up the account's rate",
              List.of("run the command again with a longer --timeout"));
      case NO_ANSWER ->
          new Message(
              at + " does not answer",
              problem.action() + ": " + said,
              endpoint.isEmpty()
                  ? "no network, or a proxy stands between"
                  : "nothing listens there; AWS_ENDPOINT_URL names it",
              endpoint.isEmpty()
                  ? List.of("aws sts get-caller-identity")
                  : List.of("curl " + endpoint, "unset AWS_ENDPOINT_URL      to ask AWS itself"));
      default ->
          new Message(
              at + " could not answer " + problem.action(),
              said,
              "the service has trouble, or the endpoint lacks the operation",
              List.of("run the command again"));
    };
  }

  private static String list(List<String> names) {
    if (names.isEmpty()) {
      return "is none";
    }
    String shown = String.join(", ", names.stream().limit(LISTED).toList());
    int more = names.size() - LISTED;
    return (names.size() == 1 ? "is " : "are ")
        + shown
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static String first(List<String> names, String otherwise) {
    return names.isEmpty() ? otherwise : names.getFirst();
  }

  private static String firstLine(String text) {
    return text == null ? "no answer" : text.lines().findFirst().orElse("no answer");
  }
}

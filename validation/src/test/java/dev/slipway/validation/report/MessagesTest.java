package dev.slipway.validation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.observe.Trouble;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private static final Wanted WANTED = Wanted.of("stagin", "orders").withRevision("orders:9");

  private static String wrong(WrongAddress.Kind kind, String... existing) {
    return Messages.wrongAddress(new WrongAddress(kind, List.of(existing)), WANTED, "eu-central-1")
        .text();
  }

  private static String unanswered(Trouble trouble, String endpoint) {
    return Messages.unanswered(
            new Unanswered(trouble, "ecs:DescribeServices", "Rate exceeded\nmore", null), endpoint)
        .text();
  }

  @Test
  void namesTheClustersThatExist() {
    assertThat(wrong(WrongAddress.Kind.CLUSTER, "prod", "staging"))
        .isEqualTo(
            """
            cluster stagin does not exist in eu-central-1
              seen    expected a cluster of that name; there are prod, staging
              cause   a typing error, another region or another account
              try     slipway verify --cluster prod --service orders
              try     aws ecs list-clusters --region eu-central-1\
            """);
  }

  @Test
  void saysSoWhenThereIsNoCluster() {
    assertThat(wrong(WrongAddress.Kind.CLUSTER))
        .contains("there is none")
        .contains("--cluster NAME");
  }

  @Test
  void namesTheServicesThatExist() {
    assertThat(wrong(WrongAddress.Kind.SERVICE, "order"))
        .isEqualTo(
            """
            service orders does not exist in cluster stagin
              seen    expected a service of that name; there is order
              cause   a typing error, another cluster, or the service was never created
              try     slipway verify --cluster stagin --service order
              try     aws ecs list-services --cluster stagin --region eu-central-1\
            """);
  }

  @Test
  void tellsADeletedServiceFromOneThatNeverWas() {
    assertThat(wrong(WrongAddress.Kind.SERVICE_INACTIVE))
        .contains("it was deleted (status INACTIVE); there is none");
  }

  @Test
  void namesTheRevisionsThatExist() {
    assertThat(wrong(WrongAddress.Kind.REVISION, "orders:3", "orders:2"))
        .isEqualTo(
            """
            task definition orders:9 does not exist
              seen    expected --expect-revision to name a registered revision; there are orders:3, orders:2
              cause   the revision was never registered, or it is of another account or region
              try     slipway verify --cluster stagin --service orders --expect-revision orders:3\
            """);
  }

  @Test
  void listsTenNamesAtMost() {
    String[] names = IntStream.range(0, 14).mapToObj(i -> "c" + i).toArray(String[]::new);
    assertThat(wrong(WrongAddress.Kind.CLUSTER, names))
        .contains("c9 and 4 more")
        .doesNotContain("c10");
  }

  @Test
  void saysThatNothingListens() {
    assertThat(unanswered(Trouble.NO_ANSWER, "http://127.0.0.1:4566"))
        .isEqualTo(
            """
            http://127.0.0.1:4566 does not answer
              seen    ecs:DescribeServices: Rate exceeded
              cause   nothing listens there; AWS_ENDPOINT_URL names it
              try     curl http://127.0.0.1:4566
              try     unset AWS_ENDPOINT_URL      to ask AWS itself\
            """);
  }

  @Test
  void saysThatThereIsNoNetwork() {
    assertThat(unanswered(Trouble.NO_ANSWER, ""))
        .isEqualTo(
            """
            AWS does not answer
              seen    ecs:DescribeServices: Rate exceeded
              cause   no network, or a proxy stands between
              try     aws sts get-caller-identity\
            """);
  }

  @Test
  void saysThatAwsThrottles() {
    assertThat(unanswered(Trouble.THROTTLED, ""))
        .isEqualTo(
            """
            AWS throttled ecs:DescribeServices to the end
              seen    Rate exceeded
              cause   another client uses up the account's rate
              try     run the command again with a longer --timeout\
            """);
  }

  @Test
  void saysThatNobodyIsSignedIn() {
    assertThat(unanswered(Trouble.NO_CREDENTIALS, ""))
        .isEqualTo(
            """
            no credentials to ask AWS with
              seen    expected AWS_ACCESS_KEY_ID, a profile or a role; Rate exceeded
              cause   nobody is signed in
              try     aws sts get-caller-identity
              try     aws sso login\
            """);
  }

  @Test
  void saysThatCredentialsHaveExpired() {
    assertThat(unanswered(Trouble.BAD_CREDENTIALS, ""))
        .isEqualTo(
            """
            AWS does not accept the credentials
              seen    ecs:DescribeServices: Rate exceeded
              cause   the credentials have expired or are of another account
              try     aws sts get-caller-identity
              try     aws sso login\
            """);
  }

  @Test
  void saysThatTheClockIsWrong() {
    assertThat(unanswered(Trouble.CLOCK, ""))
        .isEqualTo(
            """
            this machine's clock is too far from AWS's
              seen    ecs:DescribeServices: Rate exceeded
              cause   the clock was never set, or the machine slept; AWS accepts 5 minutes, some services 15
              try     date -u
              try     sudo chronyc makestep\
            """);
  }

  @Test
  void namesTheMissingPermission() {
    assertThat(unanswered(Trouble.DENIED, ""))
        .isEqualTo(
            """
            not allowed to ask ecs:DescribeServices
              seen    Rate exceeded
              cause   the caller's policy lacks ecs:DescribeServices
              try     allow ecs:DescribeServices to the caller, then run the command again\
            """);
  }

  @Test
  void saysThatNoRegionIsNamed() {
    assertThat(unanswered(Trouble.NO_REGION, ""))
        .isEqualTo(
            """
            no region to ask AWS in
              seen    expected --region, AWS_REGION or a region in the profile; found none
              cause   the environment is not set up
              try     AWS_REGION=eu-central-1 slipway verify …\
            """);
  }

  @Test
  void saysThatThereIsNoSuchRegion() {
    assertThat(unanswered(Trouble.WRONG_REGION, ""))
        .isEqualTo(
            """
            AWS knows no such region
              seen    ecs:DescribeServices: Rate exceeded
              cause   a typing error in --region, AWS_REGION or the profile, or no network
              try     aws ec2 describe-regions --region us-east-1 --query 'Regions[].RegionName'
              try     slipway verify … --region eu-central-1\
            """);
  }

  @Test
  void saysThatAwsItselfFails() {
    assertThat(unanswered(Trouble.SERVER, ""))
        .isEqualTo(
            """
            AWS could not answer ecs:DescribeServices
              seen    Rate exceeded
              cause   the service has trouble, or the endpoint lacks the operation
              try     run the command again\
            """);
  }
}

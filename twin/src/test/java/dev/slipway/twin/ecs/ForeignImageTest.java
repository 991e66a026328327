package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignImageTest {

  @ParameterizedTest
  @CsvSource({
    "ghcr.io/o/r:1, pull image manifest has been retried 1 time(s): failed to resolve ref"
        + " ghcr.io/o/r:1: failed to authorize: failed to fetch anonymous token: unexpected status:"
        + " 401 Unauthorized",
    "nginx:1, pull image manifest has been retried 1 time(s): failed to resolve ref nginx:1: pull"
        + " access denied@ repository does not exist or may require authorization: server message:"
        + " insufficient_scope: authorization failed",
    "public.ecr.aws/x/y:1, pull image manifest has been retried 7 time(s): failed to resolve ref"
        + " public.ecr.aws/x/y:1: not found",
    "210987654321.dkr.ecr.eu-west-1.amazonaws.com/app:1, The task can’t pull the image. Check that"
        + " the role has the permissions to pull images from the registry. pull image manifest has"
        + " been retried 1 time(s): failed to resolve ref"
        + " 210987654321.dkr.ecr.eu-west-1.amazonaws.com/app:1: failed with status code [manifests"
        + " 1]: 403 Forbidden",
    "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1, pull image manifest has been retried 7"
        + " time(s): failed to resolve ref 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1: not"
        + " found",
  })
  void anImageThatIsNotInTheAccountsRegistryIsRefusedAsItsRegistryRefusesIt(
      String image, String reason) {
    AppService app = AppService.fresh();
    app.create(app.request(app.register("1", c -> c.image(image)), 1));
    app.pass(Duration.ofMinutes(5));

    assertThat(List.of(app.tasks().getFirst().stoppedReason()))
        .containsExactly("CannotPullContainerError: " + reason.replace('@', ','));
  }
}

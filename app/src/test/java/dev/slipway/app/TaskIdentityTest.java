package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TaskIdentityTest {

  private final ObjectMapper json = new ObjectMapper();

  @Test
  void takesTheTaskIdFromTheEndOfTheArn() throws Exception {
    var task =
        """
        {"TaskARN": "arn:aws:ecs:eu-central-1:123456789012:task/shop/0a1b2c", "AvailabilityZone": "eu-central-1b"}
        """;

    assertThat(TaskIdentity.of(json.readTree(task)))
        .isEqualTo(new TaskIdentity("0a1b2c", "eu-central-1b"));
  }

  @Test
  void knowsNothingWhenTheAnswerIsOfAnotherKind() throws Exception {
    assertThat(TaskIdentity.of(json.readTree("{\"Containers\": []}")))
        .isEqualTo(TaskIdentity.UNKNOWN);
  }
}

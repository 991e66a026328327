package dev.slipway.twin.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.Tag;

class ValuesTest {

  /** One of each. */
  sealed interface Shape {
    /** A record behind an interface. */
    record Circle(double radius, Optional<String> name) implements Shape {}

    /** An enum behind an interface. */
    enum Known implements Shape {
      SQUARE,
      POINT {
        @Override
        public String toString() {
          return "a point";
        }
      }
    }
  }

  record Row(Shape shape, Map<Double, Shape> byNumber, List<Tag> tags, Duration pause, long many) {}

  static Stream<Object> values() {
    return Stream.of(
        "text",
        7,
        7L,
        0.1,
        Double.POSITIVE_INFINITY,
        Instant.MAX,
        Instant.parse("2026-01-01T00:00:00.123456789Z"),
        List.of("a", List.of(1, 2L)),
        Map.of("@", "a key that looks like a mark"),
        List.of(Tag.builder().key("k").value("v").build()),
        new Row(
            new Shape.Circle(2, Optional.of("c")),
            Map.of(0.5, Shape.Known.POINT, 1.5, new Shape.Circle(1, Optional.empty())),
            List.of(Tag.builder().key("@").build()),
            Duration.ofMillis(1500),
            Long.MAX_VALUE),
        Service.builder()
            .serviceName("web")
            .desiredCount(0)
            .createdAt(Instant.parse("2026-01-01T00:00:00.123456789Z"))
            .loadBalancers(List.of())
            .deployments(Deployment.builder().id("d").runningCount(2).build())
            .build());
  }

  @ParameterizedTest
  @MethodSource("values")
  void comeBackAsTheyWere(Object value) throws Exception {
    JsonMapper mapper = new JsonMapper();
    JsonNode carried = mapper.readTree(mapper.writeValueAsBytes(ValueWriter.write(value)));
    assertThat(ValueReader.read(carried)).isEqualTo(value);
  }

  @Test
  void keepWhetherAListIsEmptyOrWasNeverSet() {
    Service unset = Service.builder().serviceName("web").build();
    Service empty = unset.toBuilder().loadBalancers(List.of()).build();
    assertThat(((Service) ValueReader.read(ValueWriter.write(unset))).hasLoadBalancers()).isFalse();
    assertThat(((Service) ValueReader.read(ValueWriter.write(empty))).hasLoadBalancers()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java.lang.ProcessBuilder",
        "dev.slipway.twin.Twin",
        "dev.slipway.twin.Nothing",
        "software.amazon.awssdk.services.ecs.EcsClient"
      })
  void areOfNoOtherClasses(String name) throws Exception {
    JsonNode node = new JsonMapper().readTree("{\"@\": \"%s\"}".formatted(name));
    assertThatThrownBy(() -> ValueReader.read(node))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void takeAlongNamesOfTheAccountAndNothingElse() {
    Moves moves = new Moves().move("000000000000", "111111111111").move("127.0.0.1:1", "h:2");
    assertThat(moves.text("arn:aws:iam::000000000000:role/r")).contains("::111111111111:role");
    assertThat(moves.text("000000000000.dkr.ecr.eu-west-1")).startsWith("111111111111.dkr");
    assertThat(moves.text("sha256:ab000000000000cd")).isEqualTo("sha256:ab000000000000cd");
    assertThat(moves.text("127.0.0.1:1/app:1")).isEqualTo("h:2/app:1");
    assertThat(moves.text("127.0.0.1:12/app:1")).isEqualTo("127.0.0.1:12/app:1");
  }
}

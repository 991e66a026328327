package dev.slipway.validation.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.Sample;
import dev.slipway.validation.SampleNetwork;
import dev.slipway.validation.observe.ImageName;
import dev.slipway.validation.observe.Registry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecs.model.LaunchType;

class ArchitectureForesightTest {

  private final Sample sample = new Sample();

  /** What the image is built for, what the task runs on, how it is launched, how many causes. */
  @ParameterizedTest
  @CsvSource({
    "amd64,,FARGATE,0",
    "amd64,X86_64,FARGATE,0",
    "arm64,ARM64,FARGATE,0",
    "arm64,,FARGATE,1",
    "arm64,X86_64,FARGATE,1",
    "amd64,ARM64,FARGATE,1",
    "amd64+arm64,ARM64,FARGATE,0",
    "amd64+arm64,X86_64,FARGATE,0",
    ",ARM64,FARGATE,0",
    "arm64,,EC2,0",
    "arm64,,FARGATE by its definition,1"
  })
  void comparesTheImageWithTheTask(String built, String wanted, String launch, int causes) {
    sample.registry =
        new Registry(
            sample.registry.repositories(),
            Map.of(
                ImageName.parse(Sample.REPOSITORY + "@" + Sample.DIGEST),
                new Registry.Lookup(
                    true,
                    ImageDetail.builder().build(),
                    built == null ? List.of() : List.of(built.split("\\+", -1)))));
    if (launch.contains(" ")) {
      sample.definitions.replaceAll((_, d) ->
          d.toBuilder()
              .requiresCompatibilitiesWithStrings("FARGATE")
              .cpu("256")
              .memory("512")
              .build());
    } else {
      sample.service(s -> s.launchType(LaunchType.fromValue(launch)));
    }
    if (wanted != null) {
      sample.definitions.replaceAll(
          (_, d) -> d.toBuilder().runtimePlatform(p -> p.cpuArchitecture(wanted)).build());
    }
    sample.surroundings = new SampleNetwork().surroundings();
    List<Cause> found = new ImageRule().foretell(new Case(sample.snapshot(), sample.goal()));
    assertThat(found).hasSize(causes);
    if (causes == 1) {
      boolean arm = "ARM64".equals(wanted);
      assertThat(found.getFirst().id()).isEqualTo("img-wrong-arch");
      assertThat(found.getFirst().explanation())
          .isEqualTo(
              "The image is not built for %s, which task definition orders:2 asks for."
                  .formatted(arm ? "ARM64" : "X86_64"));
      assertThat(found.getFirst().fix().terraform()).contains(arm ? "\"X86_64\"" : "\"ARM64\"");
      assertThat(found.getFirst().fix().cli()).contains(arm ? "linux/arm64" : "linux/amd64");
      assertThat(found.getFirst().evidence()).containsExactly("the image is built for " + built);
    }
  }
}

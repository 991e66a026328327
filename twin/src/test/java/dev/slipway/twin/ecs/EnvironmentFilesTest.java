package dev.slipway.twin.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.s3.S3;
import dev.slipway.twin.world.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.Task;
import software.amazon.awssdk.services.ecs.model.TaskStopCode;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class EnvironmentFilesTest {

  private static final String FAILED =
      "ResourceInitializationError: failed to download env files: file download command: non empty"
          + " error stream: ";

  private final AppService app = AppService.fresh();

  private void store(String key, String text) {
    ScopedValue.where(Payload.CURRENT, Payload.of(text.getBytes(StandardCharsets.UTF_8)))
        .run(() ->
            app.ecs
                .world
                .operations()
                .invoke(PutObjectRequest.builder().bucket("files").key(key).build()));
  }

  private void bucket() {
    new S3(app.ecs.world, app.ecs.world).register();
    app.ecs
        .world
        .operations()
        .invoke(
            CreateBucketRequest.builder()
                .bucket("files")
                .createBucketConfiguration(c -> c.locationConstraint("eu-west-1"))
                .build());
  }

  private static EnvironmentFile file(String key) {
    return EnvironmentFile.builder().type("s3").value("arn:aws:s3:::files/" + key).build();
  }

  private Task run(
      Consumer<ContainerDefinition.Builder> container, Consumer<RunTaskRequest.Builder> more) {
    RunTaskRequest.Builder request =
        RunTaskRequest.builder()
            .cluster("prod")
            .taskDefinition(app.register("1", container))
            .launchType(LaunchType.FARGATE)
            .networkConfiguration(n -> n.awsvpcConfiguration(v -> v.subnets("subnet-a")));
    more.accept(request);
    app.ecs.call(request.build(), RunTaskResponse.class);
    app.pass(Duration.ofMinutes(3));
    return app.tasks().getFirst();
  }

  private Map<String, String> environment(Task task) {
    return app.ecs.runtime.environment(task.taskArn(), "app");
  }

  @Test
  void givesTheVariablesOfItsFilesUnlessTheDefinitionSaysOtherwise() {
    bucket();
    store("one.env", "# a remark\nA=1\nB=\"two = 2\"\nnothing\nC=1\n");
    store("dir/two.env", "A=2\nD=4\n");

    Map<String, String> environment =
        environment(
            run(
                c ->
                    c.environmentFiles(file("one.env"), file("dir/two.env"))
                        .environment(e -> e.name("C").value("own")),
                r -> {}));

    assertThat(environment)
        .containsEntry("A", "1")
        .containsEntry("B", "\"two = 2\"")
        .containsEntry("C", "own")
        .containsEntry("D", "4")
        .doesNotContainKey("nothing");
  }

  @Test
  void takesTheFilesOfAnOverrideInsteadOfTheDefinitions() {
    bucket();
    store("one.env", "A=1\n");
    store("two.env", "B=2\n");

    Map<String, String> environment =
        environment(
            run(
                c -> c.environmentFiles(file("one.env")),
                r ->
                    r.overrides(o ->
                        o.containerOverrides(
                            c -> c.name("app").environmentFiles(file("two.env"))))));

    assertThat(environment).containsEntry("B", "2").doesNotContainKey("A");
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            t -> t.app.ecs.unreachable.add("s3"),
            "RequestCanceled: request context canceled caused by: context deadline exceeded"),
        fault(
            t -> t.app.ecs.denied.add("s3:GetObject"),
            "AccessDenied: Access Denied status code: 403, request id: UUID"),
        fault(
            t -> {},
            "NoSuchBucket: The specified bucket does not exist status code: 404, request id: UUID"),
        fault(
            EnvironmentFilesTest::bucket,
            "NoSuchKey: The specified key does not exist. status code: 404, request id: UUID"));
  }

  private static Arguments fault(Consumer<EnvironmentFilesTest> make, String text) {
    return Arguments.of(make, text);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void saysWhyAFileCannotBeHad(Consumer<EnvironmentFilesTest> make, String text) {
    make.accept(this);
    Task task = run(c -> c.environmentFiles(file("one.env")), r -> {});

    assertThat(task.stopCode()).isEqualTo(TaskStopCode.TASK_FAILED_TO_START);
    assertThat(task.stoppedReason().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"))
        .isEqualTo(FAILED + text);
  }

  @Test
  void refusesFilesThatAreNotInS3OrHaveAnotherEnding() {
    for (EnvironmentFile bad :
        List.of(
            file("one.txt"),
            file(".env").toBuilder().value("s3://files/one.env").build(),
            file("one.env").toBuilder().type("nfs").build())) {
      assertThatThrownBy(() -> app.register("1", c -> c.environmentFiles(bad)))
          .hasMessageContaining("Environment file ");
    }
  }
}

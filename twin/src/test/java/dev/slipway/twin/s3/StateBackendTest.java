package dev.slipway.twin.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The twin's S3 with two real clients: the SDK for Java, and Terraform that keeps its state in it.
 */
class StateBackendTest {

  private static final String BACKEND =
      """
      terraform {
        backend "s3" {
          bucket       = "probe-state"
          key          = "shop/terraform.tfstate"
          region       = "eu-west-1"
          use_lockfile = true
          encrypt      = true
        }
      }
      resource "terraform_data" "a" { input = "one" }
      output "a" { value = terraform_data.a.output }
      """;

  private Twin twin;
  private S3Client s3;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    twin = Twin.start(new TwinOptions(0, 1, "eu-west-1", directory, RuntimeKind.SIMULATED));
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + twin.port()))
            .forcePathStyle(true)
            .region(Region.EU_WEST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
            .build();
    s3.createBucket(r -> r.bucket("probe-state"));
  }

  @AfterEach
  void stop() {
    s3.close();
    twin.close();
  }

  @Test
  void keepsObjectsAndTheirVersions() {
    s3.putBucketVersioning(r ->
        r.bucket("probe-state")
            .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    String first =
        s3.putObject(
                r ->
                    r.bucket("probe-state").key("a/ä b+c.txt").metadata(java.util.Map.of("k", "v")),
                RequestBody.fromString("one"))
            .versionId();
    s3.putObject(r -> r.bucket("probe-state").key("a/ä b+c.txt"), RequestBody.fromString("two"));

    assertThat(read(null)).isEqualTo("two");
    assertThat(read(first)).isEqualTo("one");
    assertThat(
            s3.headObject(r -> r.bucket("probe-state").key("a/ä b+c.txt").versionId(first))
                .metadata())
        .containsEntry("k", "v");
    assertThat(s3.listObjectsV2(r -> r.bucket("probe-state").delimiter("/")).commonPrefixes())
        .extracting("prefix")
        .containsExactly("a/");

    s3.deleteObject(r -> r.bucket("probe-state").key("a/ä b+c.txt"));
    assertThatThrownBy(() -> read(null)).isInstanceOf(NoSuchKeyException.class);
    assertThat(read(first)).isEqualTo("one");
    assertThatThrownBy(() -> s3.deleteBucket(r -> r.bucket("probe-state")))
        .hasMessageContaining("You must delete all versions in the bucket.");
  }

  @Test
  void writesOnlyWhereNothingIs() {
    s3.putObject(
        r -> r.bucket("probe-state").key("lock").ifNoneMatch("*"), RequestBody.fromString("me"));

    assertThatThrownBy(() ->
            s3.putObject(
                r -> r.bucket("probe-state").key("lock").ifNoneMatch("*"),
                RequestBody.fromString("you")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(412);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PreconditionFailed");
            });
  }

  @Test
  void refusesByNameWhatItDoesNotHave() {
    assertThatThrownBy(
            () -> s3.putBucketWebsite(r -> r.bucket("probe-state").websiteConfiguration(w -> {})))
        .hasMessageContaining("the twin does not have s3 PutBucketWebsite");
    assertThatThrownBy(() ->
            s3.putObject(
                r -> r.bucket("probe-state").key("k").websiteRedirectLocation("/"),
                RequestBody.fromString("x")))
        .hasMessageContaining("WebsiteRedirectLocation");
  }

  @Test
  void holdsTerraformsStateAndItsLock(@TempDir Path stack) throws Exception {
    assumeTrue(
        List.of(System.getenv().getOrDefault("PATH", "").split(":", -1)).stream()
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "terraform"))),
        "no terraform on the PATH");
    Files.writeString(stack.resolve("main.tf"), BACKEND);

    terraform(stack, 0, "init", "-no-color");
    terraform(stack, 0, "apply", "-auto-approve", "-no-color");
    assertThat(terraform(stack, 0, "output", "-raw", "a")).isEqualTo("one");
    assertThat(s3.listObjectsV2(r -> r.bucket("probe-state")).contents())
        .extracting("key")
        .containsExactly("shop/terraform.tfstate");

    s3.putObject(
        r -> r.bucket("probe-state").key("shop/terraform.tfstate.tflock"),
        RequestBody.fromString("{\"ID\":\"6d2d1ab2-1c5c-4bb5-9d5c-0d1fbb1f6a71\"}"));
    assertThat(terraform(stack, 1, "apply", "-auto-approve", "-no-color"))
        .contains("Error acquiring the state lock", "6d2d1ab2-1c5c-4bb5-9d5c-0d1fbb1f6a71");
  }

  private String read(String version) {
    return s3.getObjectAsBytes(r -> r.bucket("probe-state").key("a/ä b+c.txt").versionId(version))
        .asUtf8String();
  }

  private String terraform(Path directory, int expected, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + twin.port());
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    builder.environment().put("TF_INPUT", "0");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("TF_CLI_CONFIG_FILE", "/dev/null");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(expected);
    return output;
  }
}

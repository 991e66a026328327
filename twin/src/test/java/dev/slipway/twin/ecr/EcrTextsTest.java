package dev.slipway.twin.ecr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.world.AwsError;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyPreviewRequest;
import software.amazon.awssdk.services.ecr.model.GetLifecyclePolicyRequest;
import software.amazon.awssdk.services.ecr.model.GetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

/** What ECR says when it refuses a call, and what its registry says, word by word. */
class EcrTextsTest {

  private static final String NO_DIGEST = "sha256:" + "0".repeat(64);
  private static final String IN = " in the registry with id '123456789012'";

  @TempDir static Path directory;
  private static RegistryServer server;
  private static String digest;
  private static String other;
  private static String upload;

  @BeforeAll
  static void start() {
    server = new RegistryServer(directory);
    server.createRepository("app");
    server
        .world
        .operations()
        .invoke(
            CreateRepositoryRequest.builder()
                .repositoryName("fixed")
                .imageTagMutability(ImageTagMutability.IMMUTABLE)
                .build());
    digest = server.pushImage("app", "v1", "amd64", "one");
    server.pushImage("fixed", "v1", "amd64", "one");
    other = server.pushImage("fixed", "v2", "amd64", "two");
    upload = begin();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A call, and the code and the text of its refusal. */
  record Refused(SdkRequest request, String code, String text) {

    @Override
    public String toString() {
      return request.getClass().getSimpleName() + ": " + code;
    }
  }

  static Stream<Refused> refusals() {
    return Stream.of(
        new Refused(
            DescribeRepositoriesRequest.builder().repositoryNames("gone").build(),
            "RepositoryNotFoundException",
            "The repository with name 'gone' does not exist" + IN),
        new Refused(
            DescribeImagesRequest.builder()
                .registryId("999999999999")
                .repositoryName("app")
                .build(),
            "RegistryNotFoundException",
            "The registry with id '999999999999' does not exist"),
        new Refused(
            CreateRepositoryRequest.builder().repositoryName("app").build(),
            "RepositoryAlreadyExistsException",
            "The repository with name 'app' already exists" + IN),
        new Refused(
            DeleteRepositoryRequest.builder().repositoryName("app").build(),
            "RepositoryNotEmptyException",
            "The repository with name 'app' in registry with id '123456789012' cannot be deleted"
                + " because it still contains images"),
        new Refused(
            DescribeImagesRequest.builder()
                .repositoryName("app")
                .imageIds(ImageIds.of(null, "v9"))
                .build(),
            "ImageNotFoundException",
            "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the"
                + " repository with name 'app'"
                + IN),
        new Refused(
            DescribeImagesRequest.builder()
                .repositoryName("app")
                .imageIds(ImageIds.of(NO_DIGEST, null))
                .build(),
            "ImageNotFoundException",
            "The image with imageId {imageDigest:'"
                + NO_DIGEST
                + "', imageTag:'null'} does not"
                + " exist within the repository with name 'app'"
                + IN),
        new Refused(
            DescribeImageScanFindingsRequest.builder()
                .repositoryName("app")
                .imageId(ImageIds.of(null, "v1"))
                .build(),
            "ScanNotFoundException",
            "Image scan does not exist for the image with '{imageDigest:'"
                + digest
                + "',"
                + " imageTag:'v1'}' in the repository with name 'app'"
                + IN),
        new Refused(
            put("app", "v1", document("app", "v1"), null),
            "ImageAlreadyExistsException",
            "Image with digest '"
                + digest
                + "' and tag 'v1' already exists in the repository with"
                + " name 'app' in registry with id '123456789012'"),
        new Refused(
            put("fixed", "v1", document("fixed", other), null),
            "ImageTagAlreadyExistsException",
            "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten"
                + " because the repository is immutable."),
        new Refused(
            put("app", "v3", document("app", "v1"), NO_DIGEST),
            "ImageDigestDoesNotMatchException",
            "The provided image digest '"
                + NO_DIGEST
                + "' does not match the digest calculated for"
                + " the image '"
                + digest
                + "'"),
        new Refused(
            InitiateLayerUploadRequest.builder().repositoryName("gone").build(),
            "RepositoryNotFoundException",
            "The repository with name 'gone' does not exist" + IN),
        new Refused(
            part("none", 0),
            "UploadNotFoundException",
            "The upload with id 'none' does not exist in the repository with name 'app'" + IN),
        new Refused(
            part(upload, 5),
            "InvalidLayerPartException",
            "The layer part bytes 5-7 are not valid: the upload '"
                + upload
                + "' has received 0"
                + " bytes"),
        new Refused(
            CompleteLayerUploadRequest.builder()
                .repositoryName("app")
                .uploadId(upload)
                .layerDigests(NO_DIGEST)
                .build(),
            "EmptyUploadException",
            "The specified layer upload does not contain any layer parts"),
        new Refused(
            GetLifecyclePolicyRequest.builder().repositoryName("app").build(),
            "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name 'app'" + IN),
        new Refused(
            GetLifecyclePolicyPreviewRequest.builder().repositoryName("app").build(),
            "LifecyclePolicyPreviewNotFoundException",
            "Lifecycle policy preview does not exist for the repository with name 'app'" + IN),
        new Refused(
            GetRepositoryPolicyRequest.builder().repositoryName("app").build(),
            "RepositoryPolicyNotFoundException",
            "Repository policy does not exist for the repository with name 'app'" + IN),
        new Refused(
            DeleteRepositoryPolicyRequest.builder().repositoryName("app").build(),
            "RepositoryPolicyNotFoundException",
            "Repository policy does not exist for the repository with name 'app'" + IN),
        new Refused(
            SetRepositoryPolicyRequest.builder().repositoryName("app").policyText("{").build(),
            "InvalidParameterException",
            "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository"
                + " policy provided'"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesCallsInTheWordsOfEcr(Refused refused) {
    AwsError error =
        catchThrowableOfType(
            AwsError.class, () -> server.world.operations().invoke(refused.request()));

    assertThat(error).isNotNull();
    assertThat(error.code()).isEqualTo(refused.code());
    assertThat(error).hasMessage(refused.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          GET    | gone/manifests/v1     | 404 | NAME_UNKNOWN | The repository with name 'gone' does not exist in the registry with id '123456789012'
          GET    | gone/tags/list        | 404 | NAME_UNKNOWN | The repository with name 'gone' does not exist in the registry with id '123456789012'
          POST   | gone/blobs/uploads/   | 404 | NAME_UNKNOWN | The repository with name 'gone' does not exist in the registry with id '123456789012'
          GET    | app/manifests/v9      | 404 | MANIFEST_UNKNOWN | Requested image not found
          DELETE | app/manifests/v9      | 404 | MANIFEST_UNKNOWN | Requested image not found
          PATCH  | app/blobs/uploads/x   | 404 | BLOB_UPLOAD_UNKNOWN | blob upload unknown to registry
          """)
  void refusesRequestsToTheRegistryInItsWords(
      String method, String path, int status, String code, String text) throws Exception {
    assertRefused(server.send(method, "/v2/" + path, "{}".getBytes(UTF_8)), status, code, text);
  }

  @Test
  void refusesToMoveATagOfAnImmutableRepository() throws Exception {
    HttpResponse<byte[]> response =
        server.send(
            "PUT",
            "/v2/fixed/manifests/v1",
            document("fixed", other).getBytes(UTF_8),
            "Content-Type",
            Manifest.OCI_MANIFEST);

    assertRefused(
        response,
        400,
        "TAG_INVALID",
        "The image tag 'v1' already exists in the 'fixed' repository and cannot be overwritten"
            + " because the repository is immutable.");
  }

  private static void assertRefused(
      HttpResponse<byte[]> response, int status, String code, String text) throws Exception {
    JsonNode error = new ObjectMapper().readTree(response.body()).path("errors").path(0);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isEqualTo(text);
  }

  private static String document(String repository, String reference) {
    return RegistryServer.text(
        server.send("GET", "/v2/" + repository + "/manifests/" + reference, new byte[0]));
  }

  private static PutImageRequest put(String name, String tag, String document, String digest) {
    return PutImageRequest.builder()
        .repositoryName(name)
        .imageTag(tag)
        .imageManifest(document)
        .imageDigest(digest)
        .build();
  }

  private static UploadLayerPartRequest part(String id, long first) {
    return UploadLayerPartRequest.builder()
        .repositoryName("app")
        .uploadId(id)
        .partFirstByte(first)
        .partLastByte(first + 2)
        .layerPartBlob(SdkBytes.fromUtf8String("abc"))
        .build();
  }

  private static String begin() {
    return server
        .world
        .operations()
        .call(
            InitiateLayerUploadRequest.builder().repositoryName("app").build(),
            InitiateLayerUploadResponse.class)
        .uploadId();
  }
}

package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.ecr.scan.LayerFiles;
import dev.slipway.twin.world.AwsError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchDeleteImageResponse;
import software.amazon.awssdk.services.ecr.model.BatchGetImageRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetImageResponse;
import software.amazon.awssdk.services.ecr.model.CompleteLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerRequest;
import software.amazon.awssdk.services.ecr.model.GetDownloadUrlForLayerResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageFailureCode;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadRequest;
import software.amazon.awssdk.services.ecr.model.InitiateLayerUploadResponse;
import software.amazon.awssdk.services.ecr.model.PutImageRequest;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;
import software.amazon.awssdk.services.ecr.model.TagStatus;
import software.amazon.awssdk.services.ecr.model.UploadLayerPartRequest;

class EcrApiTest {

  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() {
    server = new RegistryServer(directory);
    server.createRepository("app");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void describesImagesByTagAndFindsUntaggedOnes() {
    String old = server.pushImage("app", "latest", "amd64", "one");
    server.clock.advance(Duration.ofMinutes(5));
    String current = server.pushImage("app", "latest", "amd64", "two");

    assertThat(describe(TagStatus.UNTAGGED))
        .extracting(ImageDetail::imageDigest)
        .containsExactly(old);
    assertThat(describe(TagStatus.TAGGED))
        .singleElement()
        .satisfies(image -> {
          assertThat(image.imageDigest()).isEqualTo(current);
          assertThat(image.imageTags()).containsExactly("latest");
          assertThat(image.imagePushedAt()).isEqualTo(server.clock.instant());
          assertThat(image.lastRecordedPullTime()).isNull();
        });
    assertThatThrownBy(() ->
            call(
                DescribeImagesRequest.builder()
                    .repositoryName("app")
                    .imageIds(ImageIdentifier.builder().imageTag("v9").build())
                    .build(),
                DescribeImagesResponse.class))
        .hasMessage(
            "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the"
                + " repository with name 'app' in the registry with id '123456789012'");
  }

  @Test
  void deletesTheTagFirstAndTheImageWithItsLastTag() {
    server.pushImage("app", "a", "amd64", "one");
    String digest = server.pushImage("app", "b", "amd64", "one");

    assertThat(delete(ImageIds.of(null, "a")).imageIds()).containsExactly(ImageIds.of(digest, "a"));
    assertThat(describe(TagStatus.ANY)).hasSize(1);
    delete(ImageIds.of(null, "b"));
    assertThat(describe(TagStatus.ANY)).isEmpty();
    assertThat(delete(ImageIds.of(null, "b")).failures())
        .singleElement()
        .satisfies(f -> assertThat(f.failureCode()).isEqualTo(ImageFailureCode.IMAGE_NOT_FOUND));
  }

  @Test
  void keepsAnImageThatAnIndexLists() {
    String child = server.pushImage("app", "", "amd64", "one");
    String index =
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[{"mediaType":"%s","digest":"%s",
         "size":1,"platform":{"os":"linux","architecture":"amd64"}}]}\
        """
            .formatted(Manifest.OCI_INDEX, Manifest.OCI_MANIFEST, child);
    server
        .world
        .operations()
        .invoke(
            PutImageRequest.builder()
                .repositoryName("app")
                .imageTag("multi")
                .imageManifest(index)
                .build());

    assertThat(delete(ImageIds.of(child, null)).failures().getFirst().failureCode())
        .isEqualTo(ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST);
  }

  @Test
  void refusesToDeleteARepositoryWithImagesUnlessForced() {
    server.pushImage("app", "a", "amd64", "one");

    assertThatThrownBy(
            () -> invoke(DeleteRepositoryRequest.builder().repositoryName("app").build()))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("RepositoryNotEmptyException"))
        .hasMessage(
            "The repository with name 'app' in registry with id '123456789012' cannot be deleted"
                + " because it still contains images");
    invoke(DeleteRepositoryRequest.builder().repositoryName("app").force(true).build());
    server.createRepository("app");
    assertThat(describe(TagStatus.ANY)).isEmpty();
  }

  @Test
  void refusesToPutTheSameImageTwice() {
    String digest = server.pushImage("app", "a", "amd64", "one");
    String manifest =
        call(
                BatchGetImageRequest.builder()
                    .repositoryName("app")
                    .imageIds(ImageIds.of(digest, null))
                    .build(),
                BatchGetImageResponse.class)
            .images()
            .getFirst()
            .imageManifest();

    assertThatThrownBy(() ->
            invoke(
                PutImageRequest.builder()
                    .repositoryName("app")
                    .imageTag("a")
                    .imageManifest(manifest)
                    .build()))
        .hasMessage(
            "Image with digest '%s' and tag 'a' already exists in the repository with name 'app' in"
                    .formatted(digest)
                + " registry with id '123456789012'");
  }

  @Test
  void takesALayerInPartsAndGivesItBackByAPresignedUrl() {
    String id =
        call(
                InitiateLayerUploadRequest.builder().repositoryName("app").build(),
                InitiateLayerUploadResponse.class)
            .uploadId();
    part(id, 0, "hello ");
    assertThatThrownBy(() -> part(id, 7, "gap"))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("InvalidLayerPartException"));
    part(id, 6, "world");
    String digest = Registry.digest("hello world".getBytes(StandardCharsets.UTF_8));
    invoke(
        CompleteLayerUploadRequest.builder()
            .repositoryName("app")
            .uploadId(id)
            .layerDigests(digest)
            .build());

    String url =
        call(
                GetDownloadUrlForLayerRequest.builder()
                    .repositoryName("app")
                    .layerDigest(digest)
                    .build(),
                GetDownloadUrlForLayerResponse.class)
            .downloadUrl();
    assertThat(RegistryServer.text(server.sendAnonymously("GET", url))).isEqualTo("hello world");
    String elsewhere = url.replace("/blobs/" + digest, "/tags/list");
    assertThat(server.sendAnonymously("GET", elsewhere).statusCode()).isEqualTo(401);
    server.clock.advance(Duration.ofHours(1));
    assertThat(server.sendAnonymously("GET", url).statusCode()).isEqualTo(403);
  }

  @Test
  void knowsFindingsOnlyOfAnImageThatWasScanned() {
    server.pushImage("app", "a", "amd64", LayerFiles.tar(Map.of("etc/os-release", "ID=debian")));
    DescribeImageScanFindingsRequest ask =
        DescribeImageScanFindingsRequest.builder()
            .repositoryName("app")
            .imageId(ImageIds.of(null, "a"))
            .build();
    assertThatThrownBy(() -> invoke(ask))
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("ScanNotFoundException"));

    StartImageScanRequest scan =
        StartImageScanRequest.builder()
            .repositoryName("app")
            .imageId(ImageIds.of(null, "a"))
            .build();
    invoke(scan);
    assertThat(status(ask)).isEqualTo(ScanStatus.IN_PROGRESS);
    server.clock.advance(Duration.ofMinutes(1));
    assertThat(status(ask)).isEqualTo(ScanStatus.COMPLETE);
    assertThatThrownBy(() -> invoke(scan)).hasMessageContaining("scan quota per image");
  }

  private ScanStatus status(DescribeImageScanFindingsRequest ask) {
    return call(ask, DescribeImageScanFindingsResponse.class).imageScanStatus().status();
  }

  private void part(String id, long first, String text) {
    invoke(
        UploadLayerPartRequest.builder()
            .repositoryName("app")
            .uploadId(id)
            .partFirstByte(first)
            .partLastByte(first + text.length() - 1)
            .layerPartBlob(SdkBytes.fromUtf8String(text))
            .build());
  }

  private List<ImageDetail> describe(TagStatus status) {
    return call(
            DescribeImagesRequest.builder()
                .repositoryName("app")
                .filter(f -> f.tagStatus(status))
                .build(),
            DescribeImagesResponse.class)
        .imageDetails();
  }

  private BatchDeleteImageResponse delete(ImageIdentifier id) {
    return call(
        BatchDeleteImageRequest.builder().repositoryName("app").imageIds(id).build(),
        BatchDeleteImageResponse.class);
  }

  private void invoke(SdkRequest request) {
    server.world.operations().invoke(request);
  }

  private <R extends SdkResponse> R call(SdkRequest request, Class<R> type) {
    return server.world.operations().call(request, type);
  }
}

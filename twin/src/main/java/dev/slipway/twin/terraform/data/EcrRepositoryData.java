package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.Repository;

/** {@code aws_ecr_repository}. */
final class EcrRepositoryData implements DataHandler {

  @Override
  public String type() {
    return "aws_ecr_repository";
  }

  @Override
  public String label() {
    return "ECR Repository";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String name = attributes.text("name");
    DescribeRepositoriesRequest request =
        DescribeRepositoriesRequest.builder()
            .repositoryNames(name)
            .registryId(attributes.text("registry_id"))
            .build();
    Repository repository =
        context
            .findFirst(
                () -> context.call(request, DescribeRepositoriesResponse.class).repositories())
            .orElseThrow(
                () -> new IllegalStateException("ECR Repository (%s) not found".formatted(name)));
    ListTagsForResourceRequest tagged =
        ListTagsForResourceRequest.builder().resourceArn(repository.repositoryArn()).build();
    Map<String, String> tags = new LinkedHashMap<>();
    context
        .call(tagged, ListTagsForResourceResponse.class)
        .tags()
        .forEach(tag -> tags.put(tag.key(), tag.value()));
    ImageScanningConfiguration scan = repository.imageScanningConfiguration();
    EncryptionConfiguration encryption = repository.encryptionConfiguration();
    attributes
        .set("id", repository.repositoryName())
        .set("arn", repository.repositoryArn())
        .set("image_tag_mutability", repository.imageTagMutabilityAsString())
        .set("registry_id", repository.registryId())
        .set("repository_url", repository.repositoryUri())
        .setTexts("tags", tags)
        .setTexts("most_recent_image_tags", mostRecentTags(context, repository))
        .setBlock(
            "image_scanning_configuration",
            new Attributes()
                .set("scan_on_push", scan != null && Boolean.TRUE.equals(scan.scanOnPush())))
        .setBlock(
            "encryption_configuration",
            new Attributes()
                .set(
                    "encryption_type",
                    encryption == null ? "AES256" : encryption.encryptionTypeAsString())
                .setText("kms_key", encryption == null ? null : encryption.kmsKey()));
  }

  private static List<String> mostRecentTags(Context context, Repository repository) {
    DescribeImagesRequest request =
        DescribeImagesRequest.builder().repositoryName(repository.repositoryName()).build();
    return context.call(request, DescribeImagesResponse.class).imageDetails().stream()
        .max(Comparator.comparing(ImageDetail::imagePushedAt))
        .map(ImageDetail::imageTags)
        .orElse(List.of());
  }
}

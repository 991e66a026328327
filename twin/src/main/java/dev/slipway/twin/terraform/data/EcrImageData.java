package dev.slipway.twin.terraform.data;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/** {@code aws_ecr_image}: by tag, by digest or the most recent one. */
final class EcrImageData implements DataHandler {

  @Override
  public String type() {
    return "aws_ecr_image";
  }

  @Override
  public String label() {
    return "ECR Images";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    String repository = attributes.text("repository_name");
    DescribeImagesRequest.Builder request =
        DescribeImagesRequest.builder()
            .repositoryName(repository)
            .registryId(attributes.text("registry_id"));
    if (attributes.has("image_digest") || attributes.has("image_tag")) {
      request.imageIds(
          ImageIdentifier.builder()
              .imageDigest(attributes.text("image_digest"))
              .imageTag(attributes.text("image_tag"))
              .build());
    }
    List<ImageDetail> found =
        context.call(request.build(), DescribeImagesResponse.class).imageDetails();
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "Your query returned no results. Please change your search criteria and try again.");
    }
    if (found.size() > 1 && !attributes.flag("most_recent")) {
      throw new IllegalStateException(
          "Your query returned more than one result. Please try a more specific search criteria, or"
              + " set `most_recent` attribute to true.");
    }
    ImageDetail image =
        found.stream().max(Comparator.comparing(ImageDetail::imagePushedAt)).orElseThrow();
    DescribeRepositoriesRequest described =
        DescribeRepositoriesRequest.builder().repositoryNames(repository).build();
    String url =
        context
            .call(described, DescribeRepositoriesResponse.class)
            .repositories()
            .getFirst()
            .repositoryUri();
    attributes
        .set("id", image.imageDigest())
        .set("image_digest", image.imageDigest())
        .set("image_pushed_at", image.imagePushedAt().getEpochSecond())
        .set("image_size_in_bytes", image.imageSizeInBytes())
        .setTexts("image_tags", image.imageTags())
        .set("image_uri", url + "@" + image.imageDigest())
        .set("registry_id", image.registryId())
        .set("repository_name", image.repositoryName());
  }
}

package dev.slipway.twin.terraform.resources;

import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.ResourceHandler;
import dev.slipway.twin.terraform.engine.TagChanges;
import dev.slipway.twin.terraform.plan.Traits;
import dev.slipway.twin.terraform.value.Attributes;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.DeleteRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.EncryptionConfiguration;
import software.amazon.awssdk.services.ecr.model.ImageScanningConfiguration;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecr.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityRequest;
import software.amazon.awssdk.services.ecr.model.PutImageTagMutabilityResponse;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TagResourceRequest;
import software.amazon.awssdk.services.ecr.model.TagResourceResponse;
import software.amazon.awssdk.services.ecr.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecr.model.UntagResourceResponse;

/** {@code aws_ecr_repository}. */
final class EcrRepositoryResource implements ResourceHandler {

  @Override
  public String type() {
    return "aws_ecr_repository";
  }

  @Override
  public String label() {
    return "ECR Repository";
  }

  @Override
  public Traits traits() {
    return new Traits().keep("encryption_configuration", "image_scanning_configuration");
  }

  @Override
  public void create(Context context, Attributes planned) {
    CreateRepositoryRequest.Builder request =
        CreateRepositoryRequest.builder()
            .repositoryName(planned.text("name"))
            .imageTagMutability(planned.text("image_tag_mutability"))
            .tags(TagChanges.all(planned, EcrRepositoryResource::tag));
    planned
        .block("image_scanning_configuration")
        .ifPresent(scan ->
            request.imageScanningConfiguration(c -> c.scanOnPush(scan.flag("scan_on_push"))));
    planned
        .block("encryption_configuration")
        .ifPresent(encryption ->
            request.encryptionConfiguration(c ->
                c.encryptionType(encryption.text("encryption_type"))
                    .kmsKey(encryption.text("kms_key"))));
    context.call(request.build(), CreateRepositoryResponse.class);
    planned.set("id", planned.text("name"));
  }

  @Override
  public boolean read(Context context, Attributes state) {
    DescribeRepositoriesRequest request =
        DescribeRepositoriesRequest.builder().repositoryNames(state.id()).build();
    Optional<Repository> found =
        context.findFirst(
            () -> context.call(request, DescribeRepositoriesResponse.class).repositories());
    if (found.isEmpty()) {
      return false;
    }
    Repository repository = found.get();
    state
        .set("arn", repository.repositoryArn())
        .set("name", repository.repositoryName())
        .set("registry_id", repository.registryId())
        .set("repository_url", repository.repositoryUri())
        .set("image_tag_mutability", repository.imageTagMutabilityAsString())
        .set("force_delete", state.flag("force_delete"));
    ImageScanningConfiguration scan = repository.imageScanningConfiguration();
    state.setBlock(
        "image_scanning_configuration",
        new Attributes()
            .set("scan_on_push", scan != null && Boolean.TRUE.equals(scan.scanOnPush())));
    EncryptionConfiguration encryption = repository.encryptionConfiguration();
    state.setBlock(
        "encryption_configuration",
        new Attributes()
            .set(
                "encryption_type",
                encryption == null ? "AES256" : encryption.encryptionTypeAsString())
            .setText("kms_key", encryption == null ? null : encryption.kmsKey()));
    ListTagsForResourceRequest tags =
        ListTagsForResourceRequest.builder().resourceArn(repository.repositoryArn()).build();
    context.setTags(
        state, context.call(tags, ListTagsForResourceResponse.class).tags(), Tag::key, Tag::value);
    return true;
  }

  @Override
  public void update(Context context, Attributes prior, Attributes planned) {
    if (planned.differs(prior, "image_tag_mutability")) {
      context.call(
          PutImageTagMutabilityRequest.builder()
              .repositoryName(planned.id())
              .imageTagMutability(planned.text("image_tag_mutability"))
              .build(),
          PutImageTagMutabilityResponse.class);
    }
    if (planned.differs(prior, "image_scanning_configuration")) {
      boolean scan =
          planned
              .block("image_scanning_configuration")
              .map(block -> block.flag("scan_on_push"))
              .orElse(false);
      context.call(
          PutImageScanningConfigurationRequest.builder()
              .repositoryName(planned.id())
              .imageScanningConfiguration(c -> c.scanOnPush(scan))
              .build(),
          PutImageScanningConfigurationResponse.class);
    }
    String arn = planned.text("arn");
    TagChanges.between(prior, planned)
        .apply(
            EcrRepositoryResource::tag,
            keys ->
                context.call(
                    UntagResourceRequest.builder().resourceArn(arn).tagKeys(keys).build(),
                    UntagResourceResponse.class),
            tags ->
                context.call(
                    TagResourceRequest.builder().resourceArn(arn).tags(tags).build(),
                    TagResourceResponse.class));
  }

  @Override
  public void delete(Context context, Attributes state) {
    context.call(
        DeleteRepositoryRequest.builder()
            .repositoryName(state.id())
            .registryId(state.text("registry_id"))
            .force(state.flag("force_delete"))
            .build(),
        DeleteRepositoryResponse.class);
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}

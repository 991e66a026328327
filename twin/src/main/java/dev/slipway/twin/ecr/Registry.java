package dev.slipway.twin.ecr;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Table;
import dev.slipway.twin.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecr.model.Repository;

/**
 * What the registry of one account and region holds: manifests, tags and layers, by repository. The
 * API and the registry protocol both work on it. Each method takes the world's lock itself.
 */
public final class Registry {

  /** A tag and the image that it names. */
  record TagRow(String repositoryName, String tag, String digest) {}

  /**
   * What a push did.
   *
   * @param changed whether the image or its tag is new
   */
  public record Pushed(ImageRow image, boolean changed) {}

  private final World world;
  private final BlobStore blobs;
  private final Repositories repositories;
  private final Scans scans;
  private final Layers layers;

  Registry(World world, BlobStore blobs, Repositories repositories, Scans scans) {
    this.world = world;
    this.blobs = blobs;
    this.repositories = repositories;
    this.scans = scans;
    this.layers = new Layers(world, blobs);
  }

  private Table<ImageRow> images() {
    return world.table("ecr.images");
  }

  private Table<TagRow> tags() {
    return world.table("ecr.imageTags");
  }

  private Table<Instant> pulls() {
    return world.table("ecr.pulls");
  }

  /** The files of the blobs. */
  public BlobStore blobs() {
    return blobs;
  }

  /** The names of all repositories in order. */
  public List<String> repositoryNames() {
    return world.call(() ->
        repositories.table().all().stream().map(Repository::repositoryName).sorted().toList());
  }

  /**
   * Checks that the repository exists.
   *
   * @throws AwsError {@code RepositoryNotFoundException}
   */
  public void requireRepository(String repository) {
    world.run(() -> repositories.require(null, repository));
  }

  /** The size of a blob of the repository, or empty when the repository has none of the digest. */
  public OptionalLong layerSize(String repository, String digest) {
    return world.call(() -> layers.size(repository, digest));
  }

  /** The digests of the blobs of all repositories. */
  public Set<String> blobDigests() {
    return world.call(layers::digests);
  }

  /** Makes a blob of one repository a blob of another; says whether it could. */
  public boolean mount(String repository, String from, String digest) {
    return world.call(() -> {
      boolean there = layers.size(from, digest).isPresent();
      if (there) {
        layers.link(repository, digest);
      }
      return there;
    });
  }

  /** Begins an upload and gives its id. */
  public String beginUpload(String repository) {
    requireRepository(repository);
    return world.call(() -> layers.begin(repository));
  }

  /** The upload of the id, when it belongs to the repository and has not ended. */
  public Optional<BlobUpload> upload(String repository, String id) {
    return world.call(
        () -> layers.isUploading(repository, id) ? blobs.upload(id) : Optional.empty());
  }

  /** Ends an upload by making its bytes a blob of the repository. Blocks on the file. */
  public String completeUpload(String repository, String id, BlobUpload upload) {
    String digest = upload.commit();
    world.run(() -> {
      layers.end(id);
      layers.link(repository, digest);
    });
    return digest;
  }

  /** Ends an upload and forgets its bytes. */
  public void cancelUpload(String id, BlobUpload upload) {
    upload.discard();
    world.run(() -> layers.end(id));
  }

  /** Takes a blob away from the repository; says whether it had it. */
  public boolean removeLayer(String repository, String digest) {
    return world.call(() -> {
      boolean there = layers.size(repository, digest).isPresent();
      layers.unlink(repository, digest);
      return there;
    });
  }

  /** The image that a tag or a digest names. */
  public Optional<ImageRow> image(String repository, String reference) {
    return world.call(
        () -> images().find(repository + '@' + digestOf(repository, reference).orElse("")));
  }

  /** The digest that a tag names, or the digest itself when it is one. */
  public Optional<String> digestOf(String repository, String reference) {
    return BlobStore.isDigest(reference)
        ? Optional.of(reference)
        : world.call(() -> tags().find(repository + ':' + reference).map(TagRow::digest));
  }

  /** The images of a repository in order of their pushing. */
  public List<ImageRow> images(String repository) {
    return world.call(() -> images().where(row -> row.repositoryName().equals(repository)));
  }

  /** The tags of a repository in alphabetical order. */
  public List<String> tags(String repository) {
    return world.call(
        () -> tagRows(repository).map(TagRow::tag).sorted(Comparator.naturalOrder()).toList());
  }

  /** The tags of one image in order of their making. */
  List<String> tagsOf(ImageRow image) {
    return world.call(() ->
        tagRows(image.repositoryName())
            .filter(row -> row.digest().equals(image.digest()))
            .map(TagRow::tag)
            .toList());
  }

  private Stream<TagRow> tagRows(String repository) {
    return tags().where(row -> row.repositoryName().equals(repository)).stream();
  }

  /** Notes that an image was pulled now. */
  public void recordPull(ImageRow image) {
    world.run(() -> pulls().put(image.key(), world.now()));
  }

  Optional<Instant> lastPull(ImageRow image) {
    return world.call(() -> pulls().find(image.key()));
  }

  /**
   * Takes a manifest in, as PutImage and a push do. Reads the image's configuration, so it blocks
   * on a small file.
   *
   * @param tag the tag to give it, or empty
   * @param declaredType the media type that the client declares, or empty
   * @throws AwsError as PutImage refuses it
   */
  public Pushed push(String repository, byte[] document, String tag, String declaredType) {
    if (document.length > Manifest.MAX_BYTES) {
      throw EcrErrors.invalid(
          "imageManifest", "Member must have length less than or equal to 4194304");
    }
    Manifest manifest = Manifest.parse(document, declaredType);
    return world.call(() -> {
      Repository owner = repositories.require(null, repository);
      ManifestIntake intake = new ManifestIntake(this, blobs, repositories.registryId());
      String digest = digest(document);
      ImageRow pushed =
          images()
              .find(repository + '@' + digest)
              .orElseGet(() ->
                  intake.row(
                      repository,
                      digest,
                      new String(document, StandardCharsets.UTF_8),
                      manifest,
                      world.now()));
      boolean newImage = !images().contains(pushed.key());
      boolean newTag = !tag.isEmpty() && !digestOf(repository, tag).equals(Optional.of(digest));
      if (newTag
          && tags().contains(repository + ':' + tag)
          && !TagMutability.of(owner).mayMove(tag)) {
        throw EcrErrors.tagImmutable(tag, repository);
      }
      if (newImage) {
        images().put(pushed.key(), pushed);
        scans.pushed(pushed, owner);
      }
      if (newTag) {
        // Removed first, so that the tag stands last in the order of making.
        tags().remove(repository + ':' + tag);
        tags().put(repository + ':' + tag, new TagRow(repository, tag, digest));
      }
      return new Pushed(pushed, newImage || newTag);
    });
  }

  /** Takes a tag off its image. */
  public void untag(String repository, String tag) {
    world.run(() -> tags().remove(repository + ':' + tag));
  }

  /** Removes an image and its tags. */
  public void remove(ImageRow image) {
    world.run(() -> {
      tagsOf(image).forEach(tag -> untag(image.repositoryName(), tag));
      images().remove(image.key());
      pulls().remove(image.key());
      scans.forget(image);
    });
  }

  /** Removes everything that a repository holds. */
  void removeAll(String repository) {
    images(repository).forEach(this::remove);
    layers.unlinkAll(repository);
  }

  /** The indexes that list an image. */
  public List<ImageRow> indexesOf(ImageRow image) {
    return images(image.repositoryName()).stream()
        .filter(row ->
            row.manifest() instanceof Manifest.Index index
                && index.children().stream().anyMatch(c -> c.digest().equals(image.digest())))
        .toList();
  }

  /** The digest of a document. */
  public static String digest(byte[] document) {
    return "sha256:" + HexFormat.of().formatHex(Digests.sha256().digest(document));
  }
}

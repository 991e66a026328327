package dev.slipway.twin.s3;

import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.Parameters;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateBucketResponse;
import software.amazon.awssdk.services.s3.model.DeleteBucketRequest;
import software.amazon.awssdk.services.s3.model.DeleteBucketResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLocationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLocationResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.ListBucketsRequest;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.OwnershipControls;
import software.amazon.awssdk.services.s3.model.OwnershipControlsRule;

/** Buckets themselves. Sources: S3 API reference; S3 user guide, "Bucket naming rules". */
@Differs(
    value =
        "A bucket answers in every region of its account, and its name is taken in its account"
            + " only; AWS redirects to the bucket's region, and names are taken for everybody.",
    because = "Worlds of different accounts never meet.")
final class BucketApi {

  private static final Pattern NAME =
      Pattern.compile(
          "(?!xn--|\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9]([a-z0-9-]|\\.(?!\\.)){1,61}[a-z0-9]");
  private static final String HOME = "us-east-1";

  private final Buckets buckets;
  private final Objects objects;

  BucketApi(Buckets buckets, Objects objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  public CreateBucketResponse create(CreateBucketRequest request) {
    Parameters.only(
        request,
        S3Errors::notImplemented,
        "Bucket",
        "CreateBucketConfiguration",
        "ObjectOwnership",
        "ACL");
    String name = request.bucket();
    if (name == null || !NAME.matcher(name).matches()) {
      throw AwsError.of("InvalidBucketName", "The specified bucket is not valid.");
    }
    if (request.aclAsString() != null && !request.aclAsString().equals("private")) {
      throw S3Errors.notImplemented("the canned ACL " + request.aclAsString());
    }
    String region = regionOf(request);
    if (buckets.all().contains(name)) {
      // Source: S3 API reference, CreateBucket: us-east-1 lets an owner create it again.
      if (region.equals(HOME) && buckets.region().equals(HOME)) {
        return CreateBucketResponse.builder().location("/" + name).build();
      }
      throw new AwsError(
          "BucketAlreadyOwnedByYou",
          409,
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    buckets.all().put(name, new Bucket(name, region, buckets.world().now()));
    ObjectOwnership ownership =
        request.objectOwnership() == null
            ? ObjectOwnership.BUCKET_OWNER_ENFORCED
            : request.objectOwnership();
    buckets
        .<OwnershipControls>setting("ownership")
        .put(
            name,
            OwnershipControls.builder()
                .rules(OwnershipControlsRule.builder().objectOwnership(ownership).build())
                .build());
    return CreateBucketResponse.builder()
        .location(region.equals(HOME) ? "/" + name : "http://" + name + ".s3.amazonaws.com/")
        .build();
  }

  private String regionOf(CreateBucketRequest request) {
    String wanted =
        request.createBucketConfiguration() == null
            ? null
            : request.createBucketConfiguration().locationConstraintAsString();
    if (request.createBucketConfiguration() != null) {
      Parameters.only(
          request.createBucketConfiguration(), S3Errors::notImplemented, "LocationConstraint");
    }
    if (wanted == null || wanted.isEmpty()) {
      if (!buckets.region().equals(HOME)) {
        throw AwsError.of(
            "IllegalLocationConstraintException",
            "The unspecified location constraint is incompatible for the region specific endpoint"
                + " this request was sent to.");
      }
      return HOME;
    }
    if (wanted.equals(HOME)) {
      throw AwsError.of(
          "InvalidLocationConstraint", "The specified location-constraint is not valid");
    }
    if (!buckets.region().equals(HOME) && !buckets.region().equals(wanted)) {
      throw AwsError.of(
          "IllegalLocationConstraintException",
          "The "
              + wanted
              + " location constraint is incompatible for the region specific endpoint this"
              + " request was sent to.");
    }
    return wanted;
  }

  public HeadBucketResponse head(HeadBucketRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    return HeadBucketResponse.builder()
        .bucketRegion(bucket.region())
        .accessPointAlias(false)
        .build();
  }

  public GetBucketLocationResponse location(GetBucketLocationRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    return GetBucketLocationResponse.builder()
        .locationConstraint(bucket.region().equals(HOME) ? "" : bucket.region())
        .build();
  }

  public DeleteBucketResponse delete(DeleteBucketRequest request) {
    Bucket bucket = buckets.require(request.bucket(), request.expectedBucketOwner());
    if (objects.rows().all().stream().anyMatch(row -> row.bucket().equals(bucket.name()))) {
      throw new AwsError(
          "BucketNotEmpty",
          409,
          buckets.setting("versioning").contains(bucket.name())
              ? "The bucket you tried to delete is not empty. You must delete all versions in the"
                  + " bucket."
              : "The bucket you tried to delete is not empty");
    }
    buckets.all().remove(bucket.name());
    Buckets.SETTINGS.forEach(setting -> buckets.setting(setting).remove(bucket.name()));
    return DeleteBucketResponse.builder().build();
  }

  public ListBucketsResponse list(ListBucketsRequest request) {
    Parameters.only(request, S3Errors::notImplemented, "Prefix", "BucketRegion", "MaxBuckets");
    int most = request.maxBuckets() == null ? 10_000 : request.maxBuckets();
    if (most < 1 || most > 10_000) {
      throw AwsError.of(
          "InvalidArgument", "Argument max-buckets must be an integer between 1 and 10000");
    }
    List<software.amazon.awssdk.services.s3.model.Bucket> found =
        buckets.all().all().stream()
            .filter(b -> request.prefix() == null || b.name().startsWith(request.prefix()))
            .filter(
                b -> request.bucketRegion() == null || b.region().equals(request.bucketRegion()))
            .sorted(java.util.Comparator.comparing(Bucket::name))
            .limit(most)
            .map(b ->
                software.amazon.awssdk.services.s3.model.Bucket.builder()
                    .name(b.name())
                    .creationDate(b.created())
                    .bucketRegion(b.region())
                    .build())
            .toList();
    return ListBucketsResponse.builder().buckets(found).owner(buckets.owner()).build();
  }
}

package dev.slipway.twin.terraform.engine;

import dev.slipway.twin.terraform.value.Attributes;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Caller;
import dev.slipway.twin.world.Operations;
import dev.slipway.twin.world.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * What a handler acts through for the length of one provider connection: the operations of the
 * world, the provider's configuration, and the waits. Thread safe.
 */
public final class Context {

  private static final DateTimeFormatter UNIQUE =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSSS").withZone(ZoneOffset.UTC);
  private static final Pattern GENERATED = Pattern.compile("(.+?)[0-9]{18}[0-9a-f]{8}");
  private static final AtomicInteger COUNTER = new AtomicInteger();

  private static final Map<String, String> SERVICE_NAMES =
      Map.ofEntries(
          Map.entry("ec2", "EC2"),
          Map.entry("ecs", "ECS"),
          Map.entry("ecr", "ECR"),
          Map.entry("iam", "IAM"),
          Map.entry("sts", "STS"),
          Map.entry("sns", "SNS"),
          Map.entry("ssm", "SSM"),
          Map.entry("s3", "S3"),
          Map.entry("acm", "ACM"),
          Map.entry("kms", "KMS"),
          Map.entry("route53", "Route 53"),
          Map.entry("budgets", "Budgets"),
          Map.entry("wafv2", "WAFV2"),
          Map.entry("secretsmanager", "Secrets Manager"),
          Map.entry("cloudwatch", "CloudWatch"),
          Map.entry("cloudwatchlogs", "CloudWatch Logs"),
          Map.entry("applicationautoscaling", "Application Auto Scaling"),
          Map.entry("elasticloadbalancingv2", "Elastic Load Balancing v2"));

  private final World world;
  private final Caller caller;
  private final Map<String, String> defaultTags;
  private final Waiter waiter;

  Context(World world, Caller caller, Map<String, String> defaultTags, Waiter waiter) {
    this.world = world;
    this.caller = caller;
    this.defaultTags = Map.copyOf(defaultTags);
    this.waiter = waiter;
  }

  /** The account's twelve digits. */
  public String account() {
    return world.account();
  }

  /** The region. */
  public String region() {
    return world.region();
  }

  /** The ARN of a resource of this account and region. */
  public String arn(String service, String resource) {
    return world.arn(service, resource);
  }

  /** The provider's default tags. */
  public Map<String, String> defaultTags() {
    return defaultTags;
  }

  /** The waits of this connection. */
  public Waiter waiter() {
    return waiter;
  }

  /**
   * Performs an API operation.
   *
   * @throws CallFailed when AWS refuses it
   */
  public <R extends SdkResponse> R call(SdkRequest request, Class<R> responseType) {
    Operations operations = world.operations();
    try {
      return responseType.cast(operations.perform(caller, request));
    } catch (AwsError e) {
      String service = Operations.servicePackage(request.getClass());
      String action = request.getClass().getSimpleName().replaceFirst("Request$", "");
      throw new CallFailed(SERVICE_NAMES.getOrDefault(service, service), action, e);
    }
  }

  /** What the call finds; nothing when AWS says that it does not exist. */
  public <T> Optional<T> find(Supplier<T> call) {
    try {
      return Optional.ofNullable(call.get());
    } catch (CallFailed e) {
      if (e.isGone()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The first of what the call lists; nothing when it is empty or does not exist. */
  public <T> Optional<T> findFirst(Supplier<List<T>> call) {
    return find(call).flatMap(found -> found.stream().findFirst());
  }

  /**
   * A resource's time-out: what its {@code timeouts} block says, or else the provider's default.
   */
  public Duration timeout(Attributes resource, String operation, Duration otherwise) {
    return resource
        .block("timeouts")
        .map(timeouts -> timeouts.text(operation))
        .map(GoDuration::parse)
        .orElse(otherwise);
  }

  /** The configured name, or one that nobody has, starting with the name prefix. */
  public String name(Attributes resource) {
    String name = resource.text("name");
    return name != null ? name : resource.text("name_prefix", "terraform-") + uniqueSuffix();
  }

  /** The prefix that a generated name was made with; empty for any other name. */
  public static String namePrefix(String name) {
    Matcher matcher = GENERATED.matcher(name);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /** A suffix from the time and a counter, as the provider makes names unique. */
  public String uniqueSuffix() {
    return UNIQUE.format(world.now()) + "%08x".formatted(COUNTER.incrementAndGet());
  }

  /** A new UUID from the world's own ids, for client tokens. */
  public String token() {
    return world.ids().uuid();
  }

  /** Stores a resource's tags as AWS has them: all, and those that are not default tags. */
  public void setTags(Attributes resource, Map<String, String> onAws) {
    Map<String, String> all = new LinkedHashMap<>();
    onAws.forEach((key, value) -> {
      if (!key.startsWith("aws:")) {
        all.put(key, value);
      }
    });
    Map<String, String> configured = resource.textMap("tags");
    Map<String, String> own = new LinkedHashMap<>(all);
    own.entrySet()
        .removeIf(tag ->
            tag.getValue().equals(defaultTags.get(tag.getKey()))
                && !configured.containsKey(tag.getKey()));
    resource.setTexts("tags", own);
    resource.setTexts("tags_all", all);
  }

  /** Stores a resource's tags from a list of a service's own tag class. */
  public <T> void setTags(
      Attributes resource, List<T> onAws, Function<T, String> key, Function<T, String> value) {
    Map<String, String> tags = new LinkedHashMap<>();
    onAws.forEach(tag -> tags.put(key.apply(tag), value.apply(tag)));
    setTags(resource, tags);
  }
}

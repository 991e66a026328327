package dev.slipway.twin.elbv2;

import dev.slipway.twin.elbv2.Store.LbNode;
import dev.slipway.twin.world.Differs;
import dev.slipway.twin.world.TwinClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/**
 * Delivers the access logs of load balancers every five minutes, a file for each node. Source: ELB
 * user guide, load-balancer-access-logs and enable-access-logging. Under the world's lock.
 */
@Differs(
    value = "access logs name no certificate, and files bear the private address of their node",
    because = "the data plane knows certificates by what is in them, and has one address for all")
final class AccessLogs {

  private static final Duration INTERVAL = Duration.ofMinutes(5);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter END =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

  private final Store store;
  private final DataPlane dataPlane;
  private final LogBuckets buckets;
  private TwinClock.Cancellable next = () -> {};

  AccessLogs(Store store, DataPlane dataPlane, LogBuckets buckets) {
    this.store = store;
    this.dataPlane = dataPlane;
    this.buckets = buckets;
  }

  /** Begins to deliver, or goes on after the state was replaced. */
  void begin() {
    next.cancel();
    long past = store.world().now().toEpochMilli() % INTERVAL.toMillis();
    next = store.world().after(INTERVAL.minusMillis(past), this::deliver);
  }

  /** Refuses settings by which no log could be delivered, and proves the others by a file. */
  void prove(Map<String, String> attributes) {
    if (!attributes.get(AttributeSets.ACCESS_LOGS).equals("true")) {
      return;
    }
    String bucket = attributes.get(AttributeSets.ACCESS_LOGS_BUCKET);
    if (bucket.isEmpty()) {
      throw Refusal.validation(
          "The value of '"
              + AttributeSets.ACCESS_LOGS_BUCKET
              + "' cannot be empty when access logs are enabled");
    }
    String key = root(attributes.get(AttributeSets.ACCESS_LOGS_PREFIX)) + "/ELBAccessLogTestFile";
    if (!buckets.take(bucket, key)) {
      throw Refusal.invalid(
          "Access Denied for bucket: " + bucket + ". Please check S3bucket permission");
    }
    String text = "Enable AccessLog for ELB at " + store.world().now();
    buckets.write(bucket, key, text.getBytes(StandardCharsets.UTF_8));
  }

  private String root(String prefix) {
    return (prefix.isEmpty() ? "" : prefix + "/") + "AWSLogs/" + store.world().account();
  }

  private void deliver() {
    begin();
    for (LoadBalancer lb : store.loadBalancers().all()) {
      Map<String, String> attributes =
          AttributeSets.LOAD_BALANCER.values(store, lb.loadBalancerArn());
      if (attributes.get(AttributeSets.ACCESS_LOGS).equals("true")) {
        Map<String, List<LogEntry>> byNode = new LinkedHashMap<>();
        for (LogEntry entry : dataPlane.takeLog(lb.loadBalancerArn())) {
          byNode.computeIfAbsent(entry.nodeId(), id -> new ArrayList<>()).add(entry);
        }
        byNode.forEach((node, entries) -> deliver(lb, attributes, node, entries));
      }
    }
  }

  private void deliver(
      LoadBalancer lb, Map<String, String> attributes, String nodeId, List<LogEntry> entries) {
    String id = lb.loadBalancerArn().replaceFirst(".*:loadbalancer/", "");
    String bucket = attributes.get(AttributeSets.ACCESS_LOGS_BUCKET);
    Instant now = store.world().now();
    String scope = store.world().account() + "/elasticloadbalancing/" + store.world().region();
    String key =
        root(attributes.get(AttributeSets.ACCESS_LOGS_PREFIX))
            + "/elasticloadbalancing/"
            + store.world().region()
            + "/"
            + DAY.format(now)
            + "/"
            + scope.replace('/', '_')
            + "_"
            + id.replace('/', '.')
            + "_"
            + END.format(now)
            + "_"
            + store.nodes().find(nodeId).map(LbNode::privateIp).orElse("0.0.0.0")
            + "_"
            + store.world().ids().alphanumeric(8)
            + ".log.gz";
    // A bucket that takes nothing any more loses the log, and nobody is told.
    if (buckets.take(bucket, key)) {
      buckets.write(bucket, key, compressed(id, entries));
    }
  }

  private static byte[] compressed(String id, List<LogEntry> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (LogEntry entry : entries) {
        gzip.write((entry.line(id) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

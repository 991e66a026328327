package dev.slipway.twin.elbv2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A bucket that keeps the logs that are delivered to it. */
public final class KeptLogs implements LogBuckets {

  /** The one bucket that takes logs. */
  public static final String BUCKET = "logs";

  /** What was written, by key. */
  public final Map<String, byte[]> objects = new TreeMap<>();

  @Override
  public boolean take(String bucket, String key) {
    return bucket.equals(BUCKET);
  }

  @Override
  public void write(String bucket, String key, byte[] content) {
    objects.put(key, content);
  }

  /** The lines of all log files. */
  public List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      if (object.getKey().endsWith(".log.gz")) {
        try (GZIPInputStream gzip =
            new GZIPInputStream(new ByteArrayInputStream(object.getValue()))) {
          new String(gzip.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
      }
    }
    return lines;
  }
}

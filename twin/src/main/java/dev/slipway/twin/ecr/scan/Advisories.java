package dev.slipway.twin.ecr.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The vulnerabilities that are known, at each moment: empty until somebody loads a list. A scan
 * finds what was known when it ended. Thread safe.
 */
public final class Advisories {

  private final NavigableMap<Instant, List<Advisory>> lists = new ConcurrentSkipListMap<>();

  /** Makes these the ones that are known from a moment on. */
  public void load(Instant now, List<Advisory> list) {
    lists.put(now, List.copyOf(list));
  }

  /**
   * The same from a JSON array of objects with {@code cve}, {@code package}, {@code severity}, and
   * if need be {@code fixedIn}, {@code ecosystem} ({@code debian}, {@code alpine}, {@code maven})
   * and {@code description}.
   *
   * @return how many there are
   * @throws IllegalArgumentException when it is anything else
   */
  public int load(Instant now, String json) {
    List<Advisory> list = new ArrayList<>();
    read(json).forEach(one -> list.add(Advisory.read(one)));
    load(now, list);
    return list.size();
  }

  /** What was known at a moment. */
  public List<Advisory> at(Instant moment) {
    Map.Entry<Instant, List<Advisory>> newest = lists.floorEntry(moment);
    return newest == null ? List.of() : newest.getValue();
  }

  /** Since when the list of a moment was known, or the moment itself when there was none. */
  public Instant since(Instant moment) {
    Instant since = lists.floorKey(moment);
    return since == null ? moment : since;
  }

  private static JsonNode read(String json) {
    try {
      JsonNode array = new ObjectMapper().readTree(json);
      if (array.isArray()) {
        return array;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the list of advisories is not JSON", e);
    }
    throw new IllegalArgumentException("the list of advisories is not a JSON array");
  }
}

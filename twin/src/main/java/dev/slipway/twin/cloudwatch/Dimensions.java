package dev.slipway.twin.cloudwatch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

/** Dimensions as CloudWatch's API has them, and as the twin does. */
final class Dimensions {

  private Dimensions() {}

  static Map<String, String> map(List<Dimension> dimensions) {
    Map<String, String> map = new LinkedHashMap<>();
    dimensions.forEach(dimension ->
        map.put(
            Refusals.require(dimension.name(), "Dimensions.Name"),
            Refusals.require(dimension.value(), "Dimensions.Value")));
    return map;
  }

  static List<Dimension> list(Map<String, String> dimensions) {
    return new TreeMap<>(dimensions)
        .entrySet().stream()
            .map(entry -> Dimension.builder().name(entry.getKey()).value(entry.getValue()).build())
            .toList();
  }
}

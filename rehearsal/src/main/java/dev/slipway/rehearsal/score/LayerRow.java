package dev.slipway.rehearsal.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The score of one layer.
 *
 * @param layer its short name
 */
record LayerRow(String layer, int faults, int detected, int named) {

  /** The rows of a score, in the order of its faults. */
  static List<LayerRow> of(Score score) {
    Map<String, List<Score.Entry>> byLayer = new LinkedHashMap<>();
    for (Score.Entry entry : score.byFault()) {
      byLayer.computeIfAbsent(entry.layer(), l -> new ArrayList<>()).add(entry);
    }
    return byLayer.entrySet().stream()
        .map(e ->
            new LayerRow(
                e.getKey(),
                e.getValue().size(),
                (int) e.getValue().stream().filter(Score.Entry::detected).count(),
                (int) e.getValue().stream().filter(Score.Entry::named).count()))
        .toList();
  }
}

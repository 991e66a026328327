package dev.slipway.validation.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings from several places: what stands in an earlier one counts. Pairs of all places are put
 * together.
 *
 * @param layers the places, the strongest first
 */
record Settings(List<Layer> layers) implements Layer {

  @Override
  public Optional<Value> text(Setting setting) throws WrongSetting {
    for (Layer layer : layers) {
      Optional<Value> found = layer.text(setting);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  @Override
  public Map<String, Value> pairs(Setting setting) throws WrongSetting {
    Map<String, Value> all = new LinkedHashMap<>();
    for (Layer layer : layers) {
      layer.pairs(setting).forEach(all::putIfAbsent);
    }
    return all;
  }
}

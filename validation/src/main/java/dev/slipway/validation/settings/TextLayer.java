package dev.slipway.validation.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Settings that are texts: flags, variables, JUnit's parameters. Pairs stand one a line, {@code
 * NAME=VALUE}.
 *
 * @param texts the text of a setting; {@code null} when there is none
 * @param names what to call a setting in messages
 */
record TextLayer(Function<Setting, String> texts, Function<Setting, String> names)
    implements Layer {

  /** The {@code SLIPWAY_…} variables of an environment. */
  static Layer environment(Map<String, String> variables) {
    return new TextLayer(s -> variables.get(s.variable()), Setting::variable);
  }

  @Override
  public Optional<Value> text(Setting setting) {
    String text = texts.apply(setting);
    return text == null || text.isBlank()
        ? Optional.empty()
        : Optional.of(new Value(text.strip(), names.apply(setting)));
  }

  @Override
  public Map<String, Value> pairs(Setting setting) throws WrongSetting {
    Map<String, Value> pairs = new LinkedHashMap<>();
    Optional<Value> all = text(setting);
    if (all.isEmpty()) {
      return pairs;
    }
    for (String line : all.get().text().lines().filter(l -> !l.isBlank()).toList()) {
      int equals = line.indexOf('=');
      if (equals <= 0 || line.substring(equals + 1).isBlank()) {
        throw WrongSetting.value(
            new Value(line.strip(), names.apply(setting)),
            "NAME=VALUE" + (setting == Setting.SKIP ? ", the value being the reason" : ""),
            setting.flag() + (setting == Setting.SKIP ? " ID='why it is left out'" : " X-Build=7"));
      }
      pairs.put(
          line.substring(0, equals).strip(),
          new Value(line.substring(equals + 1).strip(), names.apply(setting)));
    }
    return pairs;
  }
}

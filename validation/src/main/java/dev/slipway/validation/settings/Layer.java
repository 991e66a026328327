package dev.slipway.validation.settings;

import java.util.Map;
import java.util.Optional;

/** One place where settings stand. */
interface Layer {

  /** A setting's text; absent when it does not stand here, or is blank. */
  Optional<Value> text(Setting setting) throws WrongSetting;

  /** A setting's names with values. */
  Map<String, Value> pairs(Setting setting) throws WrongSetting;
}

package dev.slipway.validation.settings;

import dev.slipway.validation.report.Message;
import java.util.List;

/** A setting that cannot be meant; its message names the setting by its source. */
public final class WrongSetting extends Exception {

  private static final long serialVersionUID = 1;
  private final transient Message told;

  WrongSetting(Message told) {
    super(told.what());
    this.told = told;
  }

  /** A value that does not follow a rule. */
  static WrongSetting value(Value value, String rule, String next) {
    return new WrongSetting(
        new Message(
            value.source() + " cannot be used",
            "expected " + rule + "; got " + value.text(),
            "a typing error or an empty variable in a script",
            List.of(next)));
  }

  /** The message in four parts. */
  public Message told() {
    return told;
  }
}

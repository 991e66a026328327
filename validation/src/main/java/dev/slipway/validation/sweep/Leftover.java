package dev.slipway.validation.sweep;

/**
 * Something that is there.
 *
 * @param type its kind, as in {@code --ignore}
 * @param id its ARN, id or name
 * @param detail what else helps to recognise it, empty when nothing does
 * @param passing whether it goes by itself: AWS is removing it, or will with what it belongs to
 * @param monthly what it costs in a month, in USD, as far as its own size tells
 */
public record Leftover(String type, String id, String detail, boolean passing, double monthly) {

  /** Something that costs nothing by itself. */
  Leftover(String type, String id, String detail, boolean passing) {
    this(type, id, detail, passing, 0);
  }

  /** The same with what it costs in a month, in USD. */
  Leftover at(double usd) {
    return new Leftover(type, id, detail, passing, usd);
  }

  /** Something that stays until somebody removes it. */
  static Leftover of(String type, String id, String detail) {
    return new Leftover(type, id, detail, false);
  }
}

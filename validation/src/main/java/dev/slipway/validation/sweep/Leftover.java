package dev.slipway.validation.sweep;

/**
 * Something that is there.
 *
 * @param type its kind, as in {@code --ignore}
 * @param id its ARN, id or name
 * @param detail what else helps to recognise it, empty when nothing does
 * @param passing whether it goes by itself: AWS is removing it, or will with what it belongs to
 */
public record Leftover(String type, String id, String detail, boolean passing) {

  /** Something that stays until somebody removes it. */
  static Leftover of(String type, String id, String detail) {
    return new Leftover(type, id, detail, false);
  }
}

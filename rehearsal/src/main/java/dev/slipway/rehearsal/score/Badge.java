package dev.slipway.rehearsal.score;

import java.util.Locale;

/** The score in one small picture. */
final class Badge {

  private static final int LABEL = 76;
  private static final int VALUE = 200;

  private Badge() {}

  /** The badge as SVG. */
  static String svg(Score score) {
    String value =
        "%d of %d detected, %d %% named"
            .formatted(score.detected(), score.faults(), Percent.of(score.named(), score.faults()));
    String colour =
        score.detected() == score.faults() && score.falseAlarms() == 0 ? "#0b6e4f" : "#9a6700";
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" font-family="sans-serif" font-size="11">
        <title>rehearsal: %2$s</title>
        <rect width="%3$d" height="20" fill="#444444"/>
        <rect x="%3$d" width="%4$d" height="20" fill="%5$s"/>
        <text x="%6$d" y="14" fill="#ffffff" text-anchor="middle">rehearsal</text>
        <text x="%7$d" y="14" fill="#ffffff" text-anchor="middle">%2$s</text>
        </svg>
        """,
        LABEL + VALUE,
        value,
        LABEL,
        VALUE,
        colour,
        LABEL / 2,
        LABEL + VALUE / 2);
  }
}

package dev.slipway.rehearsal.peer;

/**
 * What a peer said of a deployment.
 *
 * @param peer its name
 * @param asked whether it could be asked: not every tool does every kind of deployment
 * @param alarmed whether it said that something is wrong
 * @param words its message, in one line
 * @param seconds how long it waited, in the world's time
 */
public record Heard(String peer, boolean asked, boolean alarmed, String words, double seconds) {

  private static final int LONGEST = 400;

  /** Shortens what is too long for a table. */
  public Heard {
    words = words.replaceAll("\\s+", " ").strip();
    words = words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
  }

  /** It could not be asked, and why. */
  static Heard notAsked(String peer, String why) {
    return new Heard(peer, false, false, why, 0);
  }
}

package dev.slipway.rehearsal.score;

/** What machines say, fit for a page that is the same from run to run and machine to machine. */
final class Words {

  private static final int LONGEST = 240;

  private Words() {}

  /**
   * A message without ports, accounts and digests of this run, and not longer than a line or two.
   */
  static String plain(String message) {
    String plain =
        message
            .replaceAll("127\\.\\d+\\.\\d+\\.\\d+(:\\d+)?", "ADDRESS")
            .replaceAll("\\b10\\d{10}\\b", "ACCOUNT")
            .replaceAll("sha256:([0-9a-f]{8})[0-9a-f]+", "sha256:$1…")
            .replaceAll(
                "\\b((?:rtb|subnet|sg|vpc|eni|igw|nat|acl|vpce|sgr)-[0-9a-f]{4})[0-9a-f]+", "$1…")
            .replaceAll("arn:aws:[a-z0-9-]+:[a-z0-9-]*:[A-Z0-9]*:", "");
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}

package dev.slipway.twin.emulators;

/** Texts with what differs from run to run left out. */
final class Words {

  private Words() {}

  static String plain(String text) {
    return text.replaceAll("127\\.0\\.0\\.1:\\d+", "REGISTRY")
        .replaceAll("arn:aws:[a-z-]+:[a-z0-9-]*:\\d{12}:", "arn:")
        .replaceAll("targetgroup/compare/[0-9a-f]{16}", "targetgroup/compare/ID")
        .replaceAll("\\b[0-9a-f]{32}\\b", "ID")
        // As many as were ready at that moment.
        .replaceAll("registered \\d+ targets", "registered N targets")
        .replaceAll("ecs-svc/\\d+", "ecs-svc/N")
        .replaceAll("\\b(vpc|subnet|sg|igw|eni|rtb|sgr|eipalloc|acl)-[0-9a-f]{8,17}\\b", "$1-ID")
        .replaceAll("\\b10\\.42\\.\\d+\\.\\d+\\b(?!/)", "IP")
        .replaceAll("sha256:[0-9a-f]{64}", "sha256:D")
        .replaceAll("\\b\\d{12}\\b", "ACCOUNT")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "REQUEST")
        .replaceAll("(tcp|tcp4) \\d+\\.\\d+\\.\\d+\\.\\d+", "$1 IP");
  }
}

package dev.slipway.validation.diagnose;

import java.util.Locale;

/**
 * Reads the words of a failed start, in their old and new forms, the telling ones first. Source:
 * ECS developer guide, stopped-task-error-codes, resource-initialization-error,
 * task_cannot_pull_image and service-event-messages-list; amazon-ecs-agent error_messages.go.
 */
final class StopWords {

  private final String text;
  private final boolean denied;
  private final boolean silent;

  private StopWords(String words) {
    this.text = words.toLowerCase(Locale.ROOT);
    this.denied = any("accessdenied", "not authorized to perform", "403 forbidden");
    this.silent =
        any(
            "connection issue",
            "i/o timeout",
            "context deadline exceeded",
            "client.timeout exceeded",
            "request canceled while waiting",
            "request send failed",
            "requesterror: send request failed",
            "no such host",
            "signal: killed",
            "connection refused",
            "connection reset",
            "no route to host",
            "tls handshake timeout",
            "network is unreachable");
  }

  static StopReason family(String words) {
    StopWords read = new StopWords(words);
    StopReason account = read.account();
    if (account != StopReason.OTHER) {
      return account;
    }
    StopReason machine = read.machine();
    return machine != StopReason.OTHER ? machine : read.resources();
  }

  /** What the account or AWS has too little of. */
  private StopReason account() {
    if (any("insufficientfreeaddresses", "resource:eni")) {
      return StopReason.SUBNET_EXHAUSTED;
    }
    if (any("capacity is unavailable", "capacity limit was exceeded")) {
      return StopReason.NO_CAPACITY;
    }
    return any("you've reached the limit", "you’ve reached the limit", "is above your limit")
        ? StopReason.QUOTA
        : StopReason.OTHER;
  }

  /** What happens on the machine that runs the task. */
  private StopReason machine() {
    if (any("descriptor matching platform", "exec format error", "no match for platform")) {
      return StopReason.WRONG_ARCHITECTURE;
    }
    if (any("descriptor for platform", "unsupported manifest", "mediatype", "media type")) {
      return StopReason.MANIFEST_UNSUPPORTED;
    }
    if (any("no space left on device")) {
      return StopReason.DISK_FULL;
    }
    if (any("outofmemory")) {
      return StopReason.OUT_OF_MEMORY;
    }
    boolean command =
        any("exec: ", "executable file not found", "no command specified", "exec failed")
            || (any("no such file or directory", "permission denied") && any("cannotstart"));
    return command ? StopReason.COMMAND_FAILED : StopReason.OTHER;
  }

  /** What is fetched before the container starts. */
  private StopReason resources() {
    if (any("validate logger args", "initialize logging driver")) {
      return logging();
    }
    boolean token = any("registry auth from amazon ecr", "getauthorizationtoken");
    boolean secret =
        any("from asm", "from ssm", "secrets manager", "getsecretvalue", "ssm:getparameters");
    return secret && !token ? secret() : pulling();
  }

  private StopReason secret() {
    if (any("kms:decrypt", "access to kms", "kms key", "kmsaccessdenied")) {
      return StopReason.KEY_DENIED;
    }
    if (denied) {
      return StopReason.SECRETS_DENIED;
    }
    if (any("json key", "invalid character", "unexpected end of json", "cannot unmarshal")) {
      return StopReason.SECRET_KEY_MISSING;
    }
    return silent ? StopReason.SECRETS_UNREACHABLE : StopReason.SECRET_MISSING;
  }

  /** A task that cannot reach CloudWatch says that the log group cannot be found. */
  private StopReason logging() {
    if (denied) {
      return StopReason.LOGS_DENIED;
    }
    if (any("is required", "unknown log opt", "awslogs driver arguments")) {
      return StopReason.LOG_OPTION_MISSING;
    }
    if (any("resourcenotfoundexception", "log group does not exist")) {
      return StopReason.LOG_GROUP_MISSING;
    }
    return silent ? StopReason.LOGS_UNREACHABLE : StopReason.OTHER;
  }

  private StopReason pulling() {
    boolean authorising = any("registry auth", "getauthorizationtoken");
    boolean pulling =
        any("cannotpullcontainer", "can’t pull the image", "can't pull the image", "cannotpullecr");
    if (!authorising && !pulling) {
      return StopReason.OTHER;
    }
    if (any("toomanyrequests", "too many requests", "rate limit", ": 429")) {
      return StopReason.PULL_RATE_LIMIT;
    }
    if (denied
        || any(
            "insufficient_scope",
            "check that the role has the permissions",
            "401 unauthorized",
            "no basic auth credentials",
            "authentication required")) {
      return StopReason.PULL_DENIED;
    }
    if (silent) {
      return authorising && !pulling ? StopReason.REGISTRY_API_UNREACHABLE : registry();
    }
    return any("not found", "manifest unknown", "does not exist", "name unknown")
        ? StopReason.IMAGE_NOT_FOUND
        : StopReason.OTHER;
  }

  private StopReason registry() {
    return any(
            "failed to copy",
            "httpreadseeker",
            "starport-layer-bucket",
            "pulling image configuration")
        ? StopReason.LAYERS_UNREACHABLE
        : StopReason.REGISTRY_UNREACHABLE;
  }

  private boolean any(String... words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }
}

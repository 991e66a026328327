package dev.slipway.validation.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Everything that can be set, by the one name that it has everywhere. */
public enum Setting {
  /** The ECS cluster, name or ARN. */
  CLUSTER(Kind.TEXT, false, "NAME", "The ECS cluster, name or ARN."),
  /** The ECS service, name or ARN. */
  SERVICE(Kind.TEXT, true, "NAME", "The ECS service, name or ARN."),
  /** The digest that shall run. */
  IMAGE_DIGEST(Kind.TEXT, true, "DIGEST", "The digest that shall run, sha256:…"),
  /** The task definition that shall run. */
  EXPECT_REVISION(
      Kind.TEXT, true, "REVISION", "The task definition that shall run, family:n or ARN."),
  /** Where the service shall answer. */
  URL(Kind.TEXT, true, "URL", "Where it shall answer; found from the load balancer without it."),
  /** The git revision that answers shall carry. */
  COMMIT(Kind.TEXT, false, "SHA", "The git revision that its answers shall carry."),
  /** A text that answers shall carry, the name of a build. */
  EXPECT_BUILD(Kind.TEXT, false, "TEXT", "The name of a build that its answers shall carry."),
  /** Any text that answers shall carry. */
  EXPECT_BODY(Kind.TEXT, false, "TEXT", "A text that its answers' body shall carry."),
  /** Headers that answers shall carry. */
  EXPECT_HEADER(
      Kind.PAIRS, false, "NAME=VALUE", "A header that its answers shall carry; may be repeated."),
  /** Checks and causes to leave out, each with the reason. */
  SKIP(
      Kind.PAIRS,
      false,
      "ID=REASON",
      "A check or cause to leave out, with the reason why; may be repeated."),
  /** The least severity of a flaw that fails. */
  FAIL_ON(
      Kind.TEXT,
      false,
      "SEVERITY",
      "The least severity of a flaw that fails: low, medium, high or critical (default medium). Lesser ones are shown as advice."),
  /** How long to wait at most. */
  TIMEOUT(
      Kind.TEXT, false, "TIME", "How long to wait at most, for instance 90s or 10m (default 10m)."),
  /** How long what holds must keep holding. */
  SOAK(Kind.TEXT, false, "TIME", "How long what holds must keep holding (default: two looks)."),
  /** How many steady requests a second to send meanwhile. */
  PROBE(
      Kind.TEXT,
      false,
      "N",
      "Send N requests a second during rollout and soak (10 unless said); one that fails is a failure.",
      "10"),
  /** What Terraform believes to be there. */
  TERRAFORM_STATE(
      Kind.TEXT,
      false,
      "FILE",
      "The answer of terraform show -json: what differs from it in AWS is a finding."),
  /** Which checks of the suite to run. */
  TAGS(Kind.TEXT, false, "TAG,...", "Run only checks with one of these tags, for instance smoke."),
  /** The region. */
  REGION(Kind.TEXT, false, "NAME", "The region; else the environment's or profile's.");

  /** What a value looks like. */
  enum Kind {
    /** One text. */
    TEXT,
    /** Names with values. */
    PAIRS
  }

  private final Kind kind;
  private final boolean ofOneService;
  private final String label;
  private final String description;
  private final String bare;

  Setting(Kind kind, boolean ofOneService, String label, String description) {
    this(kind, ofOneService, label, description, "");
  }

  Setting(Kind kind, boolean ofOneService, String label, String description, String bare) {
    this.bare = bare;
    this.kind = kind;
    this.ofOneService = ofOneService;
    this.label = label;
    this.description = description;
  }

  /** Its name in files and, after two dashes, as a flag. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The flag. */
  public String flag() {
    return "--" + word();
  }

  /** The environment variable. */
  public String variable() {
    return "SLIPWAY_" + name();
  }

  /** Whether it has names with values, and may be said again. */
  public boolean pairs() {
    return kind == Kind.PAIRS;
  }

  /** What stands for its value in help. */
  public String label() {
    return label;
  }

  /** What its flag means without a value; empty when it needs one. */
  public String bare() {
    return bare;
  }

  /** What it is, for help. */
  public String description() {
    return description;
  }

  /** Whether it can only be said of one service: several cannot share it. */
  boolean ofOneService() {
    return ofOneService;
  }

  /** All names. */
  static List<String> words() {
    return Arrays.stream(values()).map(Setting::word).toList();
  }
}

package dev.slipway.validation.preflight;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * How people call resources: in a plan a resource is its Terraform address, whether it has an id
 * already or not.
 *
 * @param byId the name of each id and ARN
 */
public record Names(Map<String, String> byId) {

  /** Everything is called by its id. */
  public static final Names NONE = new Names(Map.of());

  /** A copy that later changes do not touch. */
  public Names {
    byId = Map.copyOf(byId);
  }

  /** A text with names in place of ids. */
  public String in(String text) {
    String named = text;
    for (Entry<String, String> each : ordered()) {
      named = named.replace(each.getKey(), each.getValue());
    }
    return named;
  }

  /** Terraform refers to a resource; a quoted id becomes a reference. */
  private String inTerraform(String text) {
    String named = text;
    for (Entry<String, String> each : ordered()) {
      String attribute = each.getKey().startsWith("arn:") ? ".arn" : ".id";
      named = named.replace('"' + each.getKey() + '"', each.getValue() + attribute);
    }
    return in(named);
  }

  /** A cause that speaks of names. The commands in its fix name what exists, or will. */
  Cause in(Cause cause) {
    return new Cause(
        cause.id(),
        in(cause.resource()),
        in(cause.explanation()),
        new Cause.Fix(
            in(cause.fix().change()), inTerraform(cause.fix().terraform()), in(cause.fix().cli())),
        cause.evidence().stream().map(this::in).toList(),
        cause.rank(),
        cause.decisive(),
        cause.severity());
  }

  /** A check that speaks of names. */
  CheckResult in(CheckResult check) {
    return new CheckResult(
        check.id(),
        check.title(),
        check.status(),
        in(check.expected()),
        in(check.observed()),
        check.evidence().stream().map(this::in).toList(),
        check.blind());
  }

  /** The longest first: an id may be the beginning of another one. */
  private List<Entry<String, String>> ordered() {
    return byId.entrySet().stream()
        .sorted(
            Comparator.<Entry<String, String>>comparingInt(e -> -e.getKey().length())
                .thenComparing(Entry::getKey))
        .toList();
  }
}

package dev.slipway.validation.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows what an expression refers to, through the variables and outputs of modules, to resources.
 * A plan lists the references of an expression and not the expression itself, and it lists no
 * locals: what goes through one is followed as far as the kinds of resources leave no choice.
 * Source: Terraform, JSON output format, expression representation.
 */
final class References {

  private static final Pattern RESOURCE =
      Pattern.compile(
          "(aws_[a-z0-9_]+)\\.([A-Za-z0-9_-]+)(?:\\[(?:\"([^\"]*)\"|(\\d+))])?(?:\\.([a-z0-9_]+).*)?");
  private static final Pattern OUTPUT =
      Pattern.compile(
          "module\\.([A-Za-z0-9_-]+)(?:\\[(?:\"([^\"]*)\"|(\\d+))])?\\.([A-Za-z0-9_-]+).*");
  private static final Pattern STEP =
      Pattern.compile("\\.?module\\.([A-Za-z0-9_-]+)(?:\\[(?:\"([^\"]*)\"|(\\d+))])?$");
  private static final int DEEP = 40;

  private final PlanFile plan;

  References(PlanFile plan) {
    this.plan = plan;
  }

  /**
   * What an unknown attribute stands for.
   *
   * @param from the resource
   * @param path the attribute's name, after the names of the blocks that it lies in
   * @param types the types that it may be
   */
  Resolved of(Planned from, List<String> path, String... types) {
    Search search = new Search(Set.of(types));
    boolean written = false;
    for (JsonNode expression : expressions(from, path)) {
      written = true;
      search.begin(from, texts(expression));
    }
    return search.result(from, written);
  }

  /** The data sources of a type that an attribute refers to, through variables and outputs too. */
  List<Planned> answers(Planned from, String attribute, String type) {
    Search search = new Search(Set.of(type));
    search.answers = true;
    for (JsonNode expression : expressions(from, List.of(attribute))) {
      search.begin(from, texts(expression));
    }
    // One alone is the document; of several nobody knows how they are put together.
    return search.found.size() == 1 ? List.copyOf(search.found) : List.of();
  }

  /** Whether an attribute or block is written in the configuration at all. */
  boolean written(Planned from, String attribute) {
    return own(from).path("expressions").has(attribute);
  }

  /** The resource's own configuration. */
  private JsonNode own(Planned from) {
    return resource(module(from.module()), from.type(), from.name(), from.data());
  }

  private List<JsonNode> expressions(Planned from, List<String> path) {
    List<JsonNode> found = List.of(own(from).path("expressions"));
    for (String step : path) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode each : found) {
        if (each.isArray()) {
          each.forEach(e -> next.add(e.path(step)));
        } else if (each.has("references") && !each.has(step)) {
          next.add(each);
        } else {
          next.add(each.path(step));
        }
      }
      found = next;
    }
    return found.stream().filter(e -> !e.isMissingNode()).toList();
  }

  /** The configuration of a module by its address. */
  private JsonNode module(String address) {
    JsonNode found = plan.configuration();
    Matcher names = Pattern.compile("module\\.([A-Za-z0-9_-]+)").matcher(address);
    while (names.find()) {
      found = found.path("module_calls").path(names.group(1)).path("module");
    }
    return found;
  }

  private static JsonNode resource(JsonNode module, String type, String name, boolean data) {
    for (JsonNode each : module.path("resources")) {
      if (each.path("type").asText().equals(type)
          && each.path("name").asText().equals(name)
          && each.path("mode").asText().equals(data ? "data" : "managed")) {
        return each;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  private static List<String> texts(JsonNode expression) {
    List<String> all = new ArrayList<>();
    expression.path("references").forEach(r -> all.add(r.asText()));
    return all;
  }

  /** One search. */
  private final class Search {
    private final Set<String> types;
    private final Set<Planned> found = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> opaqueIn = new LinkedHashSet<>();
    private final Set<String> done = new LinkedHashSet<>();
    private boolean byOwnKey;
    private boolean answers;

    Search(Set<String> types) {
      this.types = types;
    }

    void begin(Planned from, List<String> references) {
      byOwnKey |= byKey(references);
      follow(from.module(), from.key(), own(from), references, DEEP);
    }

    private void follow(
        String module, String key, JsonNode owner, List<String> references, int depth) {
      if (depth == 0) {
        opaqueIn.add(module);
        return;
      }
      boolean byKey = byKey(references);
      for (String reference : references) {
        if (done.add(module + " " + key + " " + byKey + " " + reference)) {
          follow(module, key, owner, reference, byKey, depth);
        }
      }
    }

    private void follow(
        String module, String key, JsonNode owner, String reference, boolean byKey, int depth) {
      if (reference.startsWith("local.")) {
        opaqueIn.add(module);
      } else if (reference.startsWith("var.")) {
        variable(module, reference.substring(4).split("[.\\[]", 2)[0], depth);
      } else if (reference.startsWith("each.value")) {
        follow(module, key, owner, keyed(owner), depth - 1);
      } else if (reference.startsWith("module.")) {
        Matcher matcher = OUTPUT.matcher(reference);
        if (matcher.matches()) {
          output(module, key, matcher, byKey, depth);
        }
      } else {
        boolean data = reference.startsWith("data.");
        Matcher matcher = RESOURCE.matcher(data ? reference.substring(5) : reference);
        if (matcher.matches()) {
          hit(module, key, matcher, data, byKey, depth);
        }
      }
    }

    /** The references of the for_each, with the key standing for the same instance. */
    private List<String> keyed(JsonNode owner) {
      List<String> all = new ArrayList<>(texts(owner.path("for_each_expression")));
      all.add("each.key");
      return all;
    }

    private void variable(String module, String name, int depth) {
      Matcher step = STEP.matcher(module);
      if (!step.find()) {
        return;
      }
      String parent = module.substring(0, step.start());
      JsonNode call = module(parent).path("module_calls").path(step.group(1));
      String key = first(step.group(2), step.group(3));
      List<String> references = texts(call.path("expressions").path(name));
      follow(parent, key, call, references, depth - 1);
    }

    private void output(String module, String key, Matcher named, boolean byKey, int depth) {
      String base = (module.isEmpty() ? "" : module + ".") + "module." + named.group(1);
      String index = first(named.group(2), named.group(3));
      List<String> instances =
          plan.resources().stream()
              .map(Planned::module)
              .map(m -> instance(m, base))
              .flatMap(Optional::stream)
              .distinct()
              .toList();
      List<String> chosen = choose(instances, m -> keyOf(m), index, byKey ? key : "");
      JsonNode output = module(base).path("outputs").path(named.group(4)).path("expression");
      for (String each : chosen) {
        follow(each, keyOf(each), output, texts(output), depth - 1);
      }
    }

    private void hit(
        String module, String key, Matcher named, boolean data, boolean byKey, int depth) {
      List<Planned> instances =
          plan.resources().stream()
              .filter(r -> r.data() == data && r.module().equals(module))
              .filter(r -> r.type().equals(named.group(1)) && r.name().equals(named.group(2)))
              .toList();
      String index = first(named.group(3), named.group(4));
      List<Planned> chosen = choose(instances, Planned::key, index, byKey ? key : "");
      String attribute = named.group(5) == null ? "" : named.group(5);
      if (types.contains(named.group(1)) && data == answers) {
        found.addAll(chosen);
        names.add(module + " " + named.group(1) + "." + named.group(2));
      } else if (data) {
        // What a data source answers only during the apply may be anything.
        chosen.stream()
            .filter(c -> attribute.isEmpty() || c.unknown(attribute))
            .forEach(_ -> opaqueIn.add(module));
      } else if (!attribute.isEmpty()) {
        chosen.forEach(c ->
            expressions(c, List.of(attribute))
                .forEach(e -> follow(c.module(), c.key(), own(c), texts(e), depth - 1)));
      }
    }

    private <T> List<T> choose(
        List<T> all, java.util.function.Function<T, String> keyOf, String index, String key) {
      for (String wanted : List.of(index, key)) {
        if (!wanted.isEmpty()) {
          List<T> same = all.stream().filter(t -> keyOf.apply(t).equals(wanted)).toList();
          if (!same.isEmpty()) {
            return same;
          }
        }
      }
      return all;
    }

    Resolved result(Planned from, boolean written) {
      if (!found.isEmpty()) {
        List<Planned> same =
            found.stream().filter(f -> !f.key().isEmpty() && f.key().equals(from.key())).toList();
        return new Resolved(
            byOwnKey && same.size() == 1 ? same : List.copyOf(found), names.size() == 1);
      }
      return written ? made(from) : Resolved.NOTHING;
    }

    /**
     * Through a local: a value that is not known yet can only come from what is made now, and where
     * there is but one such thing in the module, or in the plan, it is that.
     */
    private Resolved made(Planned from) {
      List<Planned> all =
          plan.resources().stream()
              .filter(r -> !r.data() && types.contains(r.type()))
              .filter(r -> r.unknown("id") || r.text("id").isEmpty())
              .toList();
      for (String module : opaqueIn) {
        List<Planned> near = all.stream().filter(r -> r.module().equals(module)).toList();
        if (!near.isEmpty()) {
          return narrowed(near, from);
        }
      }
      return narrowed(all, from);
    }

    private Resolved narrowed(List<Planned> some, Planned from) {
      if (some.size() == 1) {
        return new Resolved(some, true);
      }
      Set<String> kinds = new LinkedHashSet<>();
      some.forEach(r -> kinds.add(r.module() + " " + r.type() + "." + r.name()));
      List<Planned> same =
          some.stream().filter(r -> !r.key().isEmpty() && r.key().equals(from.key())).toList();
      return kinds.size() == 1 && same.size() == 1
          ? new Resolved(same, true)
          : new Resolved(some, false);
    }
  }

  private static Optional<String> instance(String module, String base) {
    Matcher matcher =
        Pattern.compile("(" + Pattern.quote(base) + "(?:\\[(?:\"[^\"]*\"|\\d+)])?)(?:\\..*)?")
            .matcher(module);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String keyOf(String module) {
    Matcher step = STEP.matcher(module);
    return step.find() ? first(step.group(2), step.group(3)) : "";
  }

  private static boolean byKey(List<String> references) {
    return references.stream().anyMatch(r -> r.startsWith("each.") || r.equals("count.index"));
  }

  private static String first(String one, String other) {
    return one != null ? one : other != null ? other : "";
  }
}

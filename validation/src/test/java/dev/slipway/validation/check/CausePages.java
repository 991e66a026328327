package dev.slipway.validation.check;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The pages of {@code docs/causes}, by file name. */
final class CausePages {

  private CausePages() {}

  static Map<String, String> of(Collection<KnownCause> causes) {
    Map<String, String> pages = new TreeMap<>();
    causes.forEach(c -> pages.put(c.id() + ".md", page(c)));
    pages.put("README.md", index(causes));
    return pages;
  }

  private static String page(KnownCause cause) {
    return """
    # %s

    `%s` · %s · %s

    **What is wrong.** %s

    **How it shows.** %s

    **How to put it right.** %s

    More: <%s>. All causes: [README.md](README.md).
    """
        .formatted(
            cause.title(),
            cause.id(),
            cause.layer().title(),
            cause.severity().word(),
            cause.wrong(),
            cause.shows(),
            cause.fix(),
            cause.link());
  }

  private static String index(Collection<KnownCause> causes) {
    StringBuilder page =
        new StringBuilder(
            """
            # Causes

            What `slipway verify` and `slipway preflight` can name. Written by `make docs` from `causes.json` of
            `validation`; do not edit. The severity is the cause's worst: one found before it does harm may count for less.
            """);
    for (KnownCause.Layer layer : KnownCause.Layer.values()) {
      var here = causes.stream().filter(c -> c.layer() == layer).toList();
      if (here.isEmpty()) {
        continue;
      }
      page.append("\n## ")
          .append(layer.title())
          .append("\n\n| Cause | Severity | |\n|---|---|---|\n");
      here.forEach(c ->
          page.append(
              "| [%s](%s.md) | %s | %s |%n"
                  .formatted(c.id(), c.id(), c.severity().word(), c.title())));
    }
    return page.toString();
  }
}

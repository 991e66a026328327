package dev.slipway.twin.iam;

import dev.slipway.twin.world.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.iam.model.Tag;

/** What IAM's names, paths and tags have to look like. Source: IAM API reference. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
  private static final Pattern PATH = Pattern.compile("/|/[\\x21-\\x7e]+/");

  private Names() {}

  static String checked(String name, String field, int longest) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw IamErrors.invalid(
          name, field, "Member must satisfy regular expression pattern: [\\w+=,.@-]+");
    }
    if (name.length() > longest) {
      throw IamErrors.invalid(
          name, field, "Member must have length less than or equal to " + longest);
    }
    return name;
  }

  static String path(String path) {
    if (path == null) {
      return "/";
    }
    if (!PATH.matcher(path).matches()) {
      throw IamErrors.invalid(
          path,
          "path",
          "Member must satisfy regular expression pattern: (\\u002F)|(\\u002F[\\u0021-\\u007F]+\\u002F)");
    }
    return path;
  }

  /** Tags with some set and some taken away. */
  static List<Tag> tags(List<Tag> old, List<Tag> set, List<String> removed) {
    Map<String, Tag> found = new LinkedHashMap<>();
    old.forEach(tag -> found.put(tag.key(), tag));
    for (Tag tag : set) {
      Parameters.required(tag.value(), "ValidationError", "tags.member.value");
      found.put(Parameters.required(tag.key(), "ValidationError", "tags.member.key"), tag);
    }
    removed.forEach(found::remove);
    return List.copyOf(found.values());
  }
}

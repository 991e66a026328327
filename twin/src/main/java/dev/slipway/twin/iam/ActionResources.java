package dev.slipway.twin.iam;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Which resources an API call acts on, as policies name them. The table {@code
 * authorization-resources.txt} says for each action how their ARNs follow from the request's
 * members. Source: Service Authorization Reference.
 */
final class ActionResources {

  private static final Map<String, List<String>> TEMPLATES = read();
  private static final Pattern PLACE = Pattern.compile("\\{([^}:]+)(?::([^}]*))?}");
  private static final String ALL = "*";

  private final String account;
  private final String region;

  ActionResources(String account, String region) {
    this.account = account;
    this.region = region;
  }

  /** The ARNs that an action is judged on; {@code *} for one that knows no resources. */
  List<String> of(String action, SdkPojo request) {
    List<String> arns = new ArrayList<>();
    for (String template : TEMPLATES.getOrDefault(action.toLowerCase(Locale.ROOT), List.of())) {
      arns.addAll(fill(template, request));
    }
    return arns.isEmpty() ? List.of(ALL) : List.copyOf(arns);
  }

  /** A template for each value of its list, filled from left to right. */
  private List<String> fill(String template, SdkPojo request) {
    Matcher place = PLACE.matcher(template);
    if (!place.find()) {
      return List.of(template);
    }
    String before = template.substring(0, place.start());
    String after = template.substring(place.end());
    boolean last = !after.contains("{");
    List<String> filled = new ArrayList<>();
    for (String value : values(place.group(1), request, place.group(2))) {
      // A name may be given as the ARN that it is part of.
      filled.addAll(
          last && value.startsWith("arn:")
              ? List.of(value)
              : fill(before + value.substring(value.lastIndexOf('/') + 1) + after, request));
    }
    return filled;
  }

  private List<String> values(String name, SdkPojo request, String otherwise) {
    List<String> values =
        switch (name) {
          case "account" -> List.of(account);
          case "region" -> List.of(region);
          default -> texts(member(name, request));
        };
    if (!values.isEmpty()) {
      return values;
    }
    return otherwise == null ? List.of() : List.of(otherwise);
  }

  /** A member of a request; null when it is not set or there is none. */
  static Object member(String name, SdkPojo request) {
    for (SdkField<?> field : request.sdkFields()) {
      if (field.memberName().equalsIgnoreCase(name)) {
        return field.getValueOrDefault(request);
      }
    }
    return null;
  }

  private static List<String> texts(Object value) {
    return switch (value) {
      case null -> List.of();
      case Collection<?> many -> many.stream().map(String::valueOf).toList();
      default -> List.of(value.toString());
    };
  }

  /** Lines of an action and a template; an action may have several. */
  private static Map<String, List<String>> read() {
    Map<String, List<String>> templates = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                ActionResources.class.getResourceAsStream("authorization-resources.txt"),
                StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\\s+", 2))
          .forEach(parts ->
              templates
                  .computeIfAbsent(parts[0].toLowerCase(Locale.ROOT), a -> new ArrayList<>())
                  .add(parts[1].strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return templates;
  }
}

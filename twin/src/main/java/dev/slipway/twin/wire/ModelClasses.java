package dev.slipway.twin.wire;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;

/** Which operations AWS has, by the SDK's model classes. */
final class ModelClasses {

  private static final Pattern CAPITALS = Pattern.compile("[A-Z]{2,}");

  private ModelClasses() {}

  /** Whether the SDK knows the operation of a service. */
  static boolean hasOperation(String modelPackage, String action) {
    return isRequest(modelPackage, action) || isRequest(modelPackage, respell(action));
  }

  /** The SDK writes acronyms as words: {@code SSLPolicies} becomes {@code SslPolicies}. */
  static String respell(String action) {
    return CAPITALS
        .matcher(action)
        .replaceAll(run -> {
          String capitals = run.group();
          boolean wordFollows = startsWord(action, run);
          int last = wordFollows ? capitals.length() - 1 : capitals.length();
          return capitals.charAt(0)
              + capitals.substring(1, last).toLowerCase(Locale.ROOT)
              + capitals.substring(last);
        });
  }

  private static boolean startsWord(String action, MatchResult run) {
    return run.end() < action.length() && Character.isLowerCase(action.charAt(run.end()));
  }

  private static boolean isRequest(String modelPackage, String action) {
    String name =
        "software.amazon.awssdk.services." + modelPackage + ".model." + action + "Request";
    try {
      ClassLoader loader = ModelClasses.class.getClassLoader();
      return SdkRequest.class.isAssignableFrom(Class.forName(name, false, loader));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}

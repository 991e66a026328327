package dev.slipway.validation;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The IAM actions that the verifier's code can ask for, read from its byte code. */
final class AskedActions {

  private static final JavaClasses CLASSES = imported();

  private static final String SERVICES = "software.amazon.awssdk.services.";

  /** The prefix of a service's IAM actions, by its package in the SDK. */
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("acm", "acm"),
          Map.entry("applicationautoscaling", "application-autoscaling"),
          Map.entry("cloudwatch", "cloudwatch"),
          Map.entry("cloudwatchlogs", "logs"),
          Map.entry("ec2", "ec2"),
          Map.entry("ecr", "ecr"),
          Map.entry("ecs", "ecs"),
          Map.entry("elasticloadbalancingv2", "elasticloadbalancing"),
          Map.entry("iam", "iam"),
          Map.entry("resourcegroupstaggingapi", "tag"),
          Map.entry("kms", "kms"),
          Map.entry("s3", "s3"),
          Map.entry("secretsmanager", "secretsmanager"),
          Map.entry("sts", "sts"));

  private static final Set<String> NOT_OPERATIONS =
      Set.of("builder", "close", "create", "serviceName", "serviceClientConfiguration", "waiter");

  private AskedActions() {}

  /** The actions of the packages that are meant. */
  static List<String> of(Predicate<String> packages) {
    Set<String> actions = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (!packages.test(type.getPackageName())) {
        continue;
      }
      for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
        JavaClass owner = call.getTargetOwner();
        if (owner.getPackageName().startsWith(SERVICES)
            && owner.getSimpleName().endsWith("Client")
            && !NOT_OPERATIONS.contains(call.getName())) {
          actions.add(action(owner, call.getName()));
        }
      }
    }
    return List.copyOf(actions);
  }

  /** The SDK's clients have thousands of methods, whose names are enough here. */
  private static JavaClasses imported() {
    ArchConfiguration configuration = ArchConfiguration.get();
    boolean before = configuration.resolveMissingDependenciesFromClassPath();
    configuration.setResolveMissingDependenciesFromClassPath(false);
    try {
      return new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.slipway.validation");
    } finally {
      configuration.setResolveMissingDependenciesFromClassPath(before);
    }
  }

  private static String action(JavaClass client, String method) {
    String prefix = PREFIXES.get(client.getPackageName().substring(SERVICES.length()));
    if (prefix == null) {
      throw new AssertionError("no IAM prefix is known of " + client.getName());
    }
    String name = method.replaceFirst("Paginator$", "");
    if (prefix.equals("s3") && name.equals("listBuckets")) {
      // Source: service authorization reference, Amazon S3: the action has another name.
      return "s3:ListAllMyBuckets";
    }
    return prefix + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

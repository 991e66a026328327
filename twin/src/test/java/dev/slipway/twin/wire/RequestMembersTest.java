package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import dev.slipway.twin.world.AwsError;
import dev.slipway.twin.world.Operations;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.iam.model.ListRoleTagsRequest;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;

/** No parameter is accepted and ignored: what nobody reads is refused, or known to do no harm. */
class RequestMembersTest {

  @TempDir private Path directory;

  @Test
  void everyMemberThatNobodyReadsIsRefusedOrSaidToDoNoHarm() throws Exception {
    ByteCode code =
        new ByteCode(
            Path.of(Twin.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    Set<String> unread = new TreeSet<>();
    try (Twin twin = Twin.start(TwinOptions.in(directory).withRuntime(RuntimeKind.SIMULATED))) {
      for (Class<?> type :
          twin.worlds().of("000000000000", "eu-central-1").operations().requestTypes()) {
        for (SdkField<?> field : SdkShapes.builderOf(type).sdkFields()) {
          if (isIgnored(code, type, field.memberName())) {
            unread.add(operation(type) + " " + field.memberName());
          }
        }
      }
    }

    assertThat(UnreadMembers.all()).containsExactlyInAnyOrderElementsOf(unread);
  }

  @Test
  void refusesByNameWhatItWouldIgnore() {
    assertThatThrownBy(
            () -> UnreadMembers.refuse(RunTaskRequest.builder().referenceId("r").build()))
        .isInstanceOfSatisfying(
            AwsError.class, error -> assertThat(error.code()).isEqualTo("NotImplemented"))
        .hasMessage("the twin's RunTask does not have the parameter referenceId");
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void letsThroughWhatAsksForNothing(SdkRequest request) {
    assertThatCode(() -> UnreadMembers.refuse(request)).doesNotThrowAnyException();
  }

  static Stream<SdkRequest> harmless() {
    return Stream.of(
        RunTaskRequest.builder().build(),
        DescribeParametersRequest.builder().shared(false).build(),
        AssumeRoleRequest.builder().tags(List.of()).build(),
        ListRoleTagsRequest.builder().maxItems(3).build());
  }

  private static boolean isIgnored(ByteCode code, Class<?> type, String member) {
    boolean read =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getParameterCount() == 0)
            .map(Method::getName)
            .filter(name -> reads(name, member))
            .anyMatch(name -> code.calls(type, name));
    Optional<Set<String>> allowed = code.allowed(type);
    return !read && (allowed.isEmpty() || allowed.get().contains(member));
  }

  private static boolean reads(String getter, String member) {
    return getter.equalsIgnoreCase(member)
        || getter.equalsIgnoreCase("has" + member)
        || getter.equalsIgnoreCase(member + "AsString")
        || getter.equalsIgnoreCase(member + "AsStrings");
  }

  private static String operation(Class<?> type) {
    String name = type.getSimpleName();
    return Operations.servicePackage(type) + "." + name.substring(0, name.length() - 7);
  }
}

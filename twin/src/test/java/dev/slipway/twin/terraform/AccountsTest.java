package dev.slipway.twin.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.TwinAccount;
import dev.slipway.twin.junit.Twin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ecs.EcsClient;

@Twin(runtime = RuntimeKind.SIMULATED)
class AccountsTest {

  private static final String STACK =
      """
      resource "aws_ecs_cluster" "same" {
        name = "same"
        tags = { account = "%s" }
      }
      """;

  private TwinAccount one;
  @TempDir private Path directory;
  @TempDir private Path otherDirectory;

  private static TerraformRun run(Path directory, TwinAccount account) throws IOException {
    return new TerraformRun(
            directory,
            guard -> {
              try {
                return account.twin().terraformReattachConfig(guard, account.id());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .configWithoutHead(STACK.formatted(account.id()));
  }

  @Test
  void stacksOfTwoAccountsGoUpSideBySideAndDoNotMeet() throws IOException {
    assumeTrue(TerraformRun.binary().isPresent(), "terraform is not on the PATH");
    TwinAccount two = one.twin().account("220000000002");
    try (TerraformRun first = run(directory, one);
        TerraformRun second = run(otherDirectory, two)) {
      CompletableFuture<?> other = CompletableFuture.runAsync(second::apply);
      first.apply();
      other.join();
      for (TwinAccount account : new TwinAccount[] {one, two}) {
        EcsClient ecs =
            account.client(EcsClient.builder().httpClient(UrlConnectionHttpClient.create()));
        String arn = "arn:aws:ecs:us-east-1:" + account.id() + ":cluster/same";
        assertThat(ecs.listClusters().clusterArns()).containsExactly(arn);
        assertThat(ecs.listTagsForResource(r -> r.resourceArn(arn)).tags())
            .extracting(tag -> tag.value())
            .containsExactly(account.id());
      }
      first.destroy();
      assertThat(second.plan().exitCode()).isZero();
    }
  }
}

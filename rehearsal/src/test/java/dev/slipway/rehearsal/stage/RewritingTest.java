package dev.slipway.rehearsal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources are found in the state, and written otherwise where they are written. */
class RewritingTest {

  @TempDir private Path root;
  private Rewriting rewriting;

  @BeforeEach
  void write() throws IOException {
    Files.createDirectories(root.resolve("modules/door/group"));
    Path state = root.resolve("terraform.tfstate");
    Files.writeString(
        state,
        """
        {"resources": [
          {"mode": "data", "type": "aws_lb", "name": "seen", "instances": [{"attributes": {"arn": "arn:lb"}}]},
          {"mode": "managed", "type": "aws_lb", "name": "main", "instances": [{"attributes": {"arn": "arn:lb"}}]},
          {"mode": "managed", "type": "aws_alb_target_group", "name": "app",
           "module": "module.door[\\"a.b\\"].module.group[0]",
           "instances": [{"attributes": {"arn": "arn:other"}}, {"attributes": {"arn": "arn:group"}}]},
          {"mode": "managed", "type": "aws_iam_role", "name": "app", "instances": [{"attributes": {"id": "app"}}]},
          {"mode": "managed", "type": "aws_ecs_task_definition", "name": "it", "module": "module.gone",
           "instances": [{"attributes": {"id": "app"}}]}
        ]}
        """);
    Path modules = root.resolve("modules.json");
    Files.writeString(
        modules,
        """
        {"Modules": [{"Key": "", "Dir": "."}, {"Key": "door", "Dir": "modules/door"},
                     {"Key": "door.group", "Dir": "modules/door/group"}]}
        """);
    rewriting = new Rewriting(root, state, modules);
  }

  private String overrides(String directory) throws IOException {
    return Files.readString(root.resolve(directory).resolve("rehearsal_fault_override.tf"));
  }

  @Test
  void writesBesideTheRootWhatIsWrittenThere() throws IOException {
    rewriting.rewrite("aws_lb", "arn:lb", "internal = true\n\nname = \"x\"");
    assertThat(overrides("."))
        .isEqualTo("resource \"aws_lb\" \"main\" {\n  internal = true\n  \n  name = \"x\"\n}\n");
  }

  @Test
  void findsTheModuleWhateverItsInstancesAreCalledAndTheTypeByItsOtherName() throws IOException {
    rewriting.rewrite("aws_lb_target_group", "arn:group", "port = 1");
    rewriting.rewrite("aws_lb_target_group", "arn:group", "name = \"x\"");
    assertThat(overrides("modules/door/group"))
        .isEqualTo(
            """
            resource "aws_alb_target_group" "app" {
              port = 1
            }
            resource "aws_alb_target_group" "app" {
              name = "x"
            }
            """);
  }

  @Test
  void writesSomethingMoreBesideAResource() throws IOException {
    rewriting.add("aws_iam_role", "app", "output \"x\" {}");
    assertThat(root.resolve("rehearsal_fault.tf")).hasContent("output \"x\" {}");
  }

  @Test
  void saysWhatItDoesNotFind() {
    assertThatThrownBy(() -> rewriting.rewrite("aws_lb", "arn:none", ""))
        .isInstanceOf(IOException.class)
        .hasMessage("the state has no aws_lb arn:none");
    assertThatThrownBy(() -> rewriting.rewrite("aws_ecs_task_definition", "app", ""))
        .isInstanceOf(IOException.class)
        .hasMessage("Terraform knows no module module.gone");
  }
}

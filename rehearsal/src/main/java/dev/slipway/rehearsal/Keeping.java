package dev.slipway.rehearsal;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Need;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.StackRefused;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.observe.Entrance;
import dev.slipway.validation.report.Message;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Makes one fault and leaves its world running until it is interrupted. */
final class Keeping {

  private Keeping() {}

  static int of(Ground ground, Fault fault, LiveLines lines) throws Exception {
    Stage stage = ground.stage();
    for (Need need : fault.needs()) {
      if (!need.met(stage)) {
        throw new StackRefused(
            new Message(
                "fault " + fault.id() + " cannot be made in this stack",
                "expected a stack that has what it breaks; " + need.lacking(),
                "the stack is built another way, which this fault does not meet",
                List.of("slipway rehearse --stack path/to/terraform")));
      }
    }
    // The fault may take the way in away.
    Optional<String> curl = stage.its().entrance().map(Keeping::curl);
    if (fault.detector() == Detector.PREFLIGHT) {
      ground.plan(stage, fault.kind(), fault.make());
    } else {
      ground.deploy(stage, fault.kind(), fault.make(), fault.afterwards());
    }
    Outcome outcome = new Rehearsal(ground, 1, false, o -> {}).verify(fault, stage);
    lines.expect(1);
    lines.fault(outcome);
    lines.say("");
    lines.say("The broken world is running. In another terminal:");
    lines.say("");
    new TreeMap<>(stage.account().environment())
        .forEach((name, value) -> lines.say("  export " + name + "=" + value));
    lines.say("");
    calls(fault, stage).forEach(c -> lines.say("  " + c));
    lines.say("");
    lines.say("Wrong: " + fault.wrong() + ". Look at: " + outcome.resource());
    lines.say("It runs at " + ground.twin().clock().scale() + " times real time. Ctrl-C ends it.");
    new CountDownLatch(1).await();
    return 0;
  }

  private static String curl(Entrance entrance) {
    String host = entrance.host().isEmpty() ? "" : "-H 'Host: " + entrance.host() + "' ";
    return "  curl -i " + host + entrance.url();
  }

  /** What to begin with; after a destroy nothing of the service is asked, for it may be gone. */
  static List<String> calls(Fault fault, Stage stage) {
    if (fault.kind() == Kind.DESTROY) {
      return List.of("slipway sweep", "aws elbv2 describe-load-balancers", "aws ec2 describe-vpcs");
    }
    String cluster = stage.its().cluster();
    String service = stage.its().service();
    return List.of(
        "aws ecs describe-services --cluster " + cluster + " --services " + service,
        "aws ecs list-tasks --cluster " + cluster + " --desired-status STOPPED --output text",
        "aws elbv2 describe-target-health --target-group-arn "
            + stage.its().described().loadBalancers().getFirst().targetGroupArn(),
        "curl -i " + stage.wanted().url(),
        "slipway verify --cluster " + cluster + " --service " + service);
  }
}

package dev.slipway.rehearsal;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Kind;
import dev.slipway.rehearsal.stage.Stage;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Makes one fault and leaves its world running until it is interrupted. */
final class Keeping {

  private Keeping() {}

  static int of(Ground ground, Fault fault, LiveLines lines) throws Exception {
    Stage stage = ground.stage();
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

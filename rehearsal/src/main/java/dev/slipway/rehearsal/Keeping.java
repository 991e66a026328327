package dev.slipway.rehearsal;

import dev.slipway.rehearsal.fault.Detector;
import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.run.Outcome;
import dev.slipway.rehearsal.run.Rehearsal;
import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
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
    lines.fault(outcome);
    lines.say("");
    lines.say("The broken world is running. In another terminal:");
    lines.say("");
    new TreeMap<>(stage.account().environment())
        .forEach((name, value) -> lines.say("  export " + name + "=" + value));
    String cluster = stage.its().cluster();
    String service = stage.its().service();
    lines.say("");
    lines.say("  aws ecs describe-services --cluster " + cluster + " --services " + service);
    lines.say(
        "  aws ecs list-tasks --cluster " + cluster + " --desired-status STOPPED --output text");
    lines.say(
        "  aws elbv2 describe-target-health --target-group-arn "
            + stage.its().described().loadBalancers().getFirst().targetGroupArn());
    lines.say("  curl -i " + stage.wanted().url());
    lines.say("  slipway verify --cluster " + cluster + " --service " + service);
    lines.say("");
    lines.say("Wrong: " + fault.wrong() + ". Look at: " + outcome.resource());
    lines.say("It runs at " + ground.twin().clock().scale() + " times real time. Ctrl-C ends it.");
    new CountDownLatch(1).await();
    return 0;
  }
}

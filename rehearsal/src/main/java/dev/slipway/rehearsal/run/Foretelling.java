package dev.slipway.rehearsal.run;

import dev.slipway.rehearsal.stage.Ground;
import dev.slipway.rehearsal.stage.Stage;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Preview;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.plan.BadPlan;
import dev.slipway.validation.plan.LiveAccount;
import dev.slipway.validation.plan.Plan;
import dev.slipway.validation.plan.Prospect;
import dev.slipway.validation.preflight.Names;
import dev.slipway.validation.preflight.Preflight;
import dev.slipway.validation.preflight.PreflightReport;
import dev.slipway.validation.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks preflight about a deployment that was not made: on Terraform's plan where there is one. */
final class Foretelling {

  private Foretelling() {}

  /** What it foretells. */
  static Report of(Ground ground, Stage stage) throws WrongAddress, BadPlan {
    Instant now = ground.time().instant();
    try (Aws aws = ground.clients(stage.account())) {
      Preview preview = new Preview(aws);
      String plan = stage.release().plan();
      if (plan.isEmpty()) {
        Wanted wanted =
            Wanted.of(stage.wanted().cluster(), stage.wanted().service())
                .withRevision(stage.wanted().revision());
        return Preflight.report(
            preview.service(wanted, now), wanted, Names.NONE, Map.of(), Duration.ZERO);
      }
      List<Report> reports = new ArrayList<>();
      for (Prospect each : Plan.parse(plan).services(new LiveAccount(preview), now)) {
        reports.add(
            Preflight.report(
                each.snapshot(),
                each.wanted(),
                Optional.of(each.applying()),
                each.names(),
                Map.of(),
                Duration.ZERO));
      }
      return PreflightReport.worst(reports);
    }
  }
}

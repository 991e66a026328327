package dev.slipway.twin.terraform.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.twin.terraform.schema.AwsSchema;
import dev.slipway.twin.terraform.schema.TypeSchema;
import dev.slipway.twin.terraform.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigRulesTest {

  private static final TypeSchema ALARM = type("aws_cloudwatch_metric_alarm");
  private static final TypeSchema FLOW_LOG = type("aws_flow_log");

  @Test
  void refusesTwoArgumentsThatExcludeEachOther() {
    assertThat(violations(ALARM, Map.of("statistic", text(), "extended_statistic", text())))
        .contains(
            "Conflicting configuration arguments: \"statistic\": conflicts with extended_statistic");
  }

  @Test
  void waitsUntilAnArgumentIsKnownBeforeItCallsItAConflict() {
    assertThat(violations(ALARM, Map.of("statistic", unknown(), "extended_statistic", unknown())))
        .isEmpty();
    assertThat(violations(ALARM, Map.of("statistic", text(), "extended_statistic", unknown())))
        .isEmpty();
  }

  @Test
  void demandsOneOfSeveralUnlessOneMayStillBecomeKnown() {
    assertThat(violations(FLOW_LOG, Map.of())).hasSize(1);
    assertThat(violations(FLOW_LOG, Map.of("vpc_id", unknown()))).isEmpty();
    assertThat(violations(FLOW_LOG, Map.of("vpc_id", text(), "eni_id", text()))).hasSize(1);
  }

  private static List<String> violations(TypeSchema schema, Map<String, Value> given) {
    Map<String, Value> config = new HashMap<>();
    schema.block().attributes().keySet().forEach(name -> config.put(name, new Value.Null()));
    schema.block().blocks().keySet().forEach(name -> config.put(name, new Value.Seq(List.of())));
    config.putAll(given);
    return ConfigRules.violations(schema, new Value.Obj(config));
  }

  private static TypeSchema type(String name) {
    return AwsSchema.load().resource(name).orElseThrow();
  }

  private static Value text() {
    return Value.of("given");
  }

  private static Value unknown() {
    return new Value.Unknown();
  }
}

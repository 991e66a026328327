package dev.slipway.validation.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.slipway.validation.check.Outage;
import java.io.IOException;
import java.util.Map;

/** Writes a {@link Flow} as the report's {@code probe}. */
final class FlowJson {

  private FlowJson() {}

  /** Nothing at all when nobody asked for steady requests. */
  static void write(JsonGenerator json, Flow flow) throws IOException {
    if (flow.rate() == 0) {
      return;
    }
    json.writeObjectFieldStart("probe");
    json.writeStringField("url", flow.url());
    json.writeNumberField("rate", flow.rate());
    json.writeNumberField("requests", flow.requests());
    json.writeNumberField("failed", flow.failed());
    json.writeBooleanField("mixedBuilds", flow.mixed());
    counts(json, "failures", flow.failures());
    counts(json, "builds", flow.builds());
    counts(json, "tasks", flow.tasks());
    json.writeArrayFieldStart("outages");
    for (Outage outage : flow.outages()) {
      json.writeStartObject();
      json.writeStringField("from", outage.from().toString());
      json.writeStringField("to", outage.to().toString());
      json.writeBooleanField("down", outage.good() == 0);
      json.writeNumberField("failed", outage.failed());
      json.writeNumberField("good", outage.good());
      counts(json, "outcomes", outage.outcomes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("timeline");
    for (Flow.Beat beat : flow.beats()) {
      json.writeStartObject();
      json.writeStringField("at", beat.at().toString());
      json.writeNumberField("seconds", beat.length().toSeconds());
      json.writeNumberField("good", beat.good());
      json.writeNumberField("failed", beat.failed());
      counts(json, "builds", beat.builds());
      json.writeStringField("worst", beat.worst());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void counts(JsonGenerator json, String name, Map<String, Integer> counts)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var each : counts.entrySet()) {
      json.writeNumberField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }
}

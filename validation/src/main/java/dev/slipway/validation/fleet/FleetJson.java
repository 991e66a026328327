package dev.slipway.validation.fleet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.slipway.validation.report.JsonReport;
import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The report on many services as JSON. Its names are a contract; names may be added. */
public final class FleetJson {

  private FleetJson() {}

  /** The whole report, indented, with a line feed at its end. */
  public static String of(FleetReport fleet) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeStringField("verdict", fleet.verdict().name());
      json.writeArrayFieldStart("services");
      for (FleetReport.Entry entry : fleet.entries()) {
        json.writeStartObject();
        entry(json, entry);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectFieldStart("fleet");
      json.writeNumberField("services", fleet.entries().size());
      json.writeNumberField("passed", fleet.count(Verdict.PASS));
      json.writeNumberField("failed", fleet.count(Verdict.FAIL));
      json.writeNumberField("unknown", fleet.count(Verdict.UNKNOWN));
      json.writeNumberField("absent", fleet.absent());
      json.writeNumberField("lookedAtClosely", fleet.closer());
      json.writeNumberField("apiCalls", fleet.calls());
      json.writeNumberField("apiCallsForAll", fleet.bulkCalls());
      json.writeArrayFieldStart("notCheckedTogether");
      for (String left : fleet.notChecked()) {
        json.writeString(left);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeObjectFieldStart("timing");
      json.writeStringField("observedAt", fleet.observedAt().toString());
      json.writeNumberField("decidedAfter", fleet.took().toMillis() / 1000.0);
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  private static void entry(JsonGenerator json, FleetReport.Entry entry) throws IOException {
    json.writeStringField("read", entry.closer().isPresent() ? "alone" : "together");
    if (entry.closer().isPresent()) {
      json.writeStringField("why", entry.closer().get());
    }
    if (entry.report().isPresent()) {
      JsonReport.fields(json, entry.report().get());
      return;
    }
    Message message = entry.message().orElseThrow();
    json.writeStringField("verdict", entry.verdict().name());
    json.writeStringField("reason", message.what());
    json.writeObjectFieldStart("service");
    json.writeStringField("cluster", entry.cluster());
    json.writeStringField("name", entry.name());
    json.writeEndObject();
  }
}

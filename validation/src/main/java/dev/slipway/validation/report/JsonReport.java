package dev.slipway.validation.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.diagnose.Cause;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** The report as JSON. Its names are a contract; names may be added, never changed. */
public final class JsonReport {

  private static final Set<String> LISTS = Set.of("taskIds", "targetIds");

  private JsonReport() {}

  /** The whole report, indented, with a line feed at its end. */
  public static String of(Report report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      fields(json, report);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }

  /** The report's fields, into an object that the caller opens and closes. */
  public static void fields(JsonGenerator json, Report report) throws IOException {
    json.writeStringField("verdict", report.verdict().name());
    if (!report.reason().isEmpty()) {
      json.writeStringField("reason", report.reason());
    }
    service(json, report);
    chain(json, report.chain());
    json.writeArrayFieldStart("checks");
    for (CheckResult check : report.checks()) {
      check(json, check);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("causes");
    for (Cause cause : report.causes()) {
      cause(json, cause);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("advice");
    for (Cause cause : report.advice()) {
      cause(json, cause);
    }
    json.writeEndArray();
    texts(json, "unread", report.unread());
    texts(json, "events", report.events());
    FlowJson.write(json, report.timeline().flow());
    json.writeObjectFieldStart("timing");
    json.writeStringField("observedAt", report.observedAt().toString());
    json.writeNumberField("decidedAfter", report.decidedAfter().toMillis() / 1000.0);
    json.writeEndObject();
  }

  private static void service(JsonGenerator json, Report report) throws IOException {
    json.writeObjectFieldStart("service");
    json.writeStringField("cluster", report.service().cluster());
    json.writeStringField("name", report.service().name());
    json.writeStringField("region", report.service().region());
    json.writeStringField("account", report.service().account());
    json.writeStringField("url", report.url());
    json.writeEndObject();
  }

  private static void chain(JsonGenerator json, Chain chain) throws IOException {
    json.writeObjectFieldStart("chain");
    for (Chain.Link link : chain.links()) {
      json.writeObjectFieldStart(link.name());
      if (LISTS.contains(link.name())) {
        texts(json, "value", link.values());
      } else {
        json.writeStringField("value", link.values().isEmpty() ? null : link.values().getFirst());
      }
      switch (link.state()) {
        case OK -> json.writeBooleanField("ok", true);
        case BROKEN -> json.writeBooleanField("ok", false);
        case UNKNOWN -> json.writeNullField("ok");
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void check(JsonGenerator json, CheckResult check) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", check.id());
    json.writeStringField("title", check.title());
    json.writeStringField("status", check.status().name());
    json.writeStringField("expected", check.expected());
    json.writeStringField("observed", check.observed());
    texts(json, "evidence", check.evidence());
    json.writeEndObject();
  }

  private static void cause(JsonGenerator json, Cause cause) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", cause.id());
    json.writeStringField("resource", cause.resource());
    json.writeStringField("explanation", cause.explanation());
    json.writeStringField("fix", cause.fix().change());
    json.writeStringField("fixTerraform", cause.fix().terraform());
    json.writeStringField("fixCli", cause.fix().cli());
    texts(json, "evidence", cause.evidence());
    json.writeStringField("severity", cause.severity().word());
    json.writeStringField("page", cause.page());
    json.writeStringField("link", cause.link());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}

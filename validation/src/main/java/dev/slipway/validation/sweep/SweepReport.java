package dev.slipway.validation.sweep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a sweep found, for people and as JSON. */
public final class SweepReport {

  private SweepReport() {}

  /** A line for each kind, and one for each thing that is left. */
  public static List<String> lines(Sweep.Findings findings) {
    List<String> lines = new ArrayList<>();
    lines.add("sweep of region " + findings.region());
    for (String type : findings.lookedFor()) {
      List<Leftover> left = findings.found().stream().filter(f -> f.type().equals(type)).toList();
      lines.add("  %-18s %s".formatted(type, left.isEmpty() ? "none" : left.size() + " left"));
      left.forEach(f ->
          lines.add(
              "    "
                  + f.id()
                  + (f.detail().isEmpty() ? "" : "  " + f.detail())
                  + (Prices.words(f.monthly()).isEmpty() ? "" : "  " + Prices.words(f.monthly()))
                  + (f.passing() ? "  (goes by itself)" : "")));
    }
    findings.gaps().forEach(g -> lines.add("  could not look: " + g));
    int left = findings.found().size();
    lines.add(
        left == 0
            ? findings.gaps().isEmpty()
                ? "nothing is left"
                : "nothing was found, but not everything could be looked for"
            : left + (left == 1 ? " thing is left" : " things are left") + cost(findings));
    return lines;
  }

  private static String cost(Sweep.Findings findings) {
    String words = Prices.words(monthly(findings));
    return words.isEmpty() ? "" : ", " + words + " or more";
  }

  private static double monthly(Sweep.Findings findings) {
    return findings.found().stream().mapToDouble(Leftover::monthly).sum();
  }

  /** The same as JSON, with a line feed at its end. */
  public static String json(Sweep.Findings findings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      json.writeBooleanField("clean", findings.found().isEmpty() && findings.gaps().isEmpty());
      json.writeStringField("region", findings.region());
      texts(json, "lookedFor", findings.lookedFor());
      json.writeArrayFieldStart("found");
      for (Leftover left : findings.found()) {
        json.writeStartObject();
        json.writeStringField("type", left.type());
        json.writeStringField("id", left.id());
        json.writeStringField("detail", left.detail());
        json.writeBooleanField("goesByItself", left.passing());
        json.writeNumberField("usdPerMonth", Math.round(left.monthly() * 100) / 100.0);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("usdPerMonth", Math.round(monthly(findings) * 100) / 100.0);
      texts(json, "couldNotLook", findings.gaps());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
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

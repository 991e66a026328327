package dev.slipway.validation.fleet;

import dev.slipway.validation.check.CheckResult;
import dev.slipway.validation.report.Report;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The report on many services as JUnit XML: a suite a service, a case a check. */
public final class FleetXml {

  private FleetXml() {}

  /** The whole report. */
  public static String of(FleetReport fleet) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (FleetReport.Entry entry : fleet.entries()) {
        suite(xml, entry);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a text in memory can be written", e);
    }
    return text + "\n";
  }

  private static void suite(XMLStreamWriter xml, FleetReport.Entry entry)
      throws XMLStreamException {
    String name = entry.cluster() + "/" + entry.name();
    List<CheckResult> checks = entry.report().map(Report::checks).orElse(List.of());
    boolean absent = entry.report().isEmpty();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", "" + (absent ? 1 : checks.size()));
    xml.writeAttribute("failures", "" + count(checks, CheckResult.Status.FAIL));
    xml.writeAttribute("skipped", "" + count(checks, CheckResult.Status.SKIP));
    xml.writeAttribute("errors", absent ? "1" : "0");
    if (absent) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", name);
      xml.writeAttribute("name", "it exists");
      xml.writeStartElement("error");
      xml.writeAttribute("message", entry.message().orElseThrow().what());
      xml.writeCharacters(entry.message().orElseThrow().text());
      xml.writeEndElement();
      xml.writeEndElement();
    }
    for (CheckResult check : checks) {
      testCase(xml, name, check);
    }
    xml.writeEndElement();
  }

  private static void testCase(XMLStreamWriter xml, String name, CheckResult check)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", name);
    xml.writeAttribute("name", check.title());
    switch (check.status()) {
      case PASS -> {}
      case SKIP -> {
        xml.writeStartElement("skipped");
        xml.writeAttribute("message", check.observed());
        xml.writeEndElement();
      }
      case FAIL -> {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", check.observed());
        xml.writeCharacters(
            "expected " + check.expected() + "\n" + String.join("\n", check.evidence()));
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private static long count(List<CheckResult> checks, CheckResult.Status status) {
    return checks.stream().filter(c -> c.status() == status).count();
  }
}

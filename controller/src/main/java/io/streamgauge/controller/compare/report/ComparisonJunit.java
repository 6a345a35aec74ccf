package io.streamgauge.controller.compare.report;

import io.streamgauge.controller.compare.Comparison;
import io.streamgauge.controller.compare.Comparison.Pair;
import io.streamgauge.controller.compare.Gate;
import io.streamgauge.controller.compare.LevelComparison;
import io.streamgauge.controller.compare.LevelComparison.Judged;
import io.streamgauge.controller.compare.Row.Compared;
import io.streamgauge.controller.compare.Words;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A comparison as JUnit's XML, which CI systems read: a suite a pair, a test a gate. A gate that
 * holds is a failure, what could not be compared an error. Verdicts without a gate are tests that
 * pass and tell their verdict.
 */
public final class ComparisonJunit {
  private final XMLStreamWriter xml;

  private ComparisonJunit(XMLStreamWriter xml) {
    this.xml = xml;
  }

  public static String of(Comparison comparison) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      for (Pair pair : comparison.pairs()) {
        new ComparisonJunit(xml).suite(comparison, pair);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return text + "\n";
  }

  private void suite(Comparison comparison, Pair pair) throws XMLStreamException {
    boolean refused = pair.levels().isEmpty();
    xml.writeStartElement("testsuite");
    attribute("name", pair.other().name() + " with " + comparison.base().name() + " as the base");
    attribute("tests", (refused ? 1 : 0) + pair.levels().stream().mapToLong(this::tests).sum());
    attribute("failures", count(pair, Gate.Outcome.FAILED));
    attribute("errors", (refused ? 1 : 0) + count(pair, Gate.Outcome.UNKNOWN));
    attribute("skipped", 0);
    if (refused) {
      begin("comparable", "sides");
      problem("error", "not comparable", String.join("\n", pair.refusals()));
      xml.writeEndElement();
    }
    for (LevelComparison level : pair.levels()) {
      for (Judged gate : level.gates()) {
        gate(level.level(), gate);
      }
      for (Compared row : primary(level)) {
        begin(row.measure().label(), level.level());
        xml.writeStartElement("system-out");
        text(
            "%s: %s, 95 %% interval %s"
                .formatted(Words.verdict(row), Words.change(row.change()), Words.interval(row)));
        xml.writeEndElement();
        xml.writeEndElement();
      }
    }
    xml.writeEndElement();
  }

  private void gate(String level, Judged gate) throws XMLStreamException {
    begin(gate.gate(), level);
    switch (gate.outcome()) {
      case PASSED -> {}
      case FAILED -> problem("failure", "worse than allowed", gate.reason());
      case UNKNOWN -> problem("error", "cannot be known", gate.reason());
    }
    xml.writeEndElement();
  }

  private long tests(LevelComparison level) {
    return (long) level.gates().size() + primary(level).size();
  }

  private static List<Compared> primary(LevelComparison level) {
    return level.rows().stream()
        .filter(Compared.class::isInstance)
        .map(Compared.class::cast)
        .filter(Compared::primary)
        .toList();
  }

  private static long count(Pair pair, Gate.Outcome outcome) {
    return pair.levels().stream()
        .flatMap(level -> level.gates().stream())
        .filter(gate -> gate.outcome() == outcome)
        .count();
  }

  private void begin(String name, String level) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute("classname", "streamgauge.compare." + level);
    attribute("name", name);
  }

  private void problem(String kind, String message, String words) throws XMLStreamException {
    xml.writeStartElement(kind);
    attribute("message", message);
    text(words);
    xml.writeEndElement();
  }

  private void attribute(String name, Object value) throws XMLStreamException {
    xml.writeAttribute(name, legal(String.valueOf(value)));
  }

  private void text(String words) throws XMLStreamException {
    xml.writeCharacters(legal(words));
  }

  /** XML has no way to write most control characters. */
  private static String legal(String text) {
    return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", " ");
  }
}

package dev.slipway.validation.report.html;

import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.Locale;

/** Elements of SVG, which the HTML library does not name. */
final class Svg extends ContainerTag<Svg> {

  private Svg(String name) {
    super(name);
  }

  /** A picture with its words for those who do not see it. */
  static Svg picture(double width, double height, String words) {
    return new Svg("svg")
        .attr("role", "img")
        .attr("aria-label", words)
        .attr("width", number(width))
        .attr("height", number(height))
        .attr("viewBox", "0 0 " + number(width) + " " + number(height))
        .attr("xmlns", "http://www.w3.org/2000/svg");
  }

  static Svg rect(double x, double y, double width, double height, String classes) {
    return new Svg("rect")
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("width", number(width))
        .attr("height", number(height))
        .attr("rx", "4")
        .attr("class", classes);
  }

  static Svg line(double x1, double y1, double x2, double y2, String classes) {
    return new Svg("line")
        .attr("x1", number(x1))
        .attr("y1", number(y1))
        .attr("x2", number(x2))
        .attr("y2", number(y2))
        .attr("class", classes);
  }

  static Svg circle(double x, double y, double radius, String classes) {
    return new Svg("circle")
        .attr("cx", number(x))
        .attr("cy", number(y))
        .attr("r", number(radius))
        .attr("class", classes);
  }

  static Svg polygon(String points, String classes) {
    return new Svg("polygon").attr("points", points).attr("class", classes);
  }

  static Svg text(double x, double y, String anchor, String classes, String words) {
    return new Svg("text")
        .attr("x", number(x))
        .attr("y", number(y))
        .attr("text-anchor", anchor)
        .attr("class", classes)
        .withText(words);
  }

  /** What a pointer that rests on the element is told. */
  Svg hint(String words) {
    return with(new Svg("title").withText(words));
  }

  static Svg group(DomContent... content) {
    return new Svg("g").with(content);
  }

  static String number(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }
}

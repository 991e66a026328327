package dev.slipway.validation.report.html;

import static j2html.TagCreator.each;
import static j2html.TagCreator.li;
import static j2html.TagCreator.span;
import static j2html.TagCreator.ul;

import dev.slipway.validation.report.Scene;
import j2html.tags.DomContent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The deployment as a drawing, with the edge marked over which nothing gets. */
final class SceneView {

  private static final double WIDTH = 190;
  private static final double HEIGHT = 56;
  private static final double STEP_X = 300;
  private static final double STEP_Y = 110;

  /** Column and row of each part. */
  private static final Map<String, double[]> PLACES =
      Map.of(
          "clients", new double[] {0, 0},
          "balancer", new double[] {1, 0},
          "group", new double[] {2, 0},
          "tasks", new double[] {2, 1},
          "service", new double[] {1, 1},
          "registry", new double[] {3.1, 0.4},
          "logs", new double[] {3.1, 1.6});

  private SceneView() {}

  static DomContent of(Scene scene) {
    if (scene.parts().isEmpty()) {
      return span();
    }
    Map<String, double[]> at = new LinkedHashMap<>();
    scene
        .parts()
        .forEach(p -> {
          double[] place = PLACES.get(p.id());
          at.put(p.id(), new double[] {10 + place[0] * STEP_X, 20 + place[1] * STEP_Y});
        });
    Svg svg = Svg.picture(20 + 3.1 * STEP_X + WIDTH, 40 + 1.6 * STEP_Y + HEIGHT, words(scene));
    scene.edges().forEach(e -> svg.with(edge(e, at.get(e.from()), at.get(e.to()))));
    scene.parts().forEach(p -> svg.with(part(p, at.get(p.id()))));
    return HtmlReport.titled(
        "Topology",
        HtmlReport.wide("Drawing of the topology", svg),
        ul(each(
                scene.edges(),
                e ->
                    li(
                        (e.broken() ? "✗ " : "✓ ")
                            + title(scene, e.from())
                            + " → "
                            + title(scene, e.to())
                            + ": "
                            + e.what()
                            + (e.broken() ? ", broken by " + String.join(", ", e.causes()) : ""))))
            .withClass("evidence"));
  }

  private static String words(Scene scene) {
    String broken =
        scene.edges().stream()
            .filter(Scene.Edge::broken)
            .map(e -> title(scene, e.from()) + " to " + title(scene, e.to()))
            .collect(Collectors.joining(", "));
    return broken.isEmpty()
        ? "The topology of the deployment; every edge holds."
        : "The topology of the deployment; broken: " + broken + ".";
  }

  private static String title(Scene scene, String id) {
    return scene.parts().stream()
        .filter(p -> p.id().equals(id))
        .map(Scene.Part::title)
        .findFirst()
        .orElse(id);
  }

  private static DomContent part(Scene.Part part, double[] at) {
    String text =
        part.text().length() > 26
            ? "…" + part.text().substring(part.text().length() - 25)
            : part.text();
    return Svg.group(
        Svg.rect(at[0], at[1], WIDTH, HEIGHT, "part").hint(part.title() + " " + part.text()),
        Svg.text(at[0] + WIDTH / 2, at[1] + (text.isEmpty() ? 33 : 24), "middle", "", part.title()),
        Svg.text(at[0] + WIDTH / 2, at[1] + 43, "middle", "small", text));
  }

  private static DomContent edge(Scene.Edge edge, double[] from, double[] to) {
    boolean down = Math.abs(from[0] - to[0]) < 1;
    double x1 = down ? from[0] + WIDTH / 2 : from[0] + WIDTH;
    double y1 = down ? from[1] + HEIGHT : from[1] + HEIGHT / 2;
    double x2 = down ? to[0] + WIDTH / 2 : to[0];
    double y2 = down ? to[1] : to[1] + HEIGHT / 2;
    double length = Math.hypot(x2 - x1, y2 - y1);
    double dx = (x2 - x1) / length;
    double dy = (y2 - y1) / length;
    String tip =
        "%s,%s %s,%s %s,%s"
            .formatted(
                Svg.number(x2),
                Svg.number(y2),
                Svg.number(x2 - 11 * dx + 5 * dy),
                Svg.number(y2 - 11 * dy - 5 * dx),
                Svg.number(x2 - 11 * dx - 5 * dy),
                Svg.number(y2 - 11 * dy + 5 * dx));
    double middleX = (x1 + x2) / 2;
    double middleY = (y1 + y2) / 2;
    boolean level = Math.abs(dy) < 0.01;
    Svg label =
        Svg.text(
            level ? middleX : middleX - 8,
            down ? middleY + 4 : dy > 0.01 ? middleY + 20 : middleY - 12,
            level ? "middle" : "end",
            edge.broken() ? "cuttext" : "small",
            label(edge));
    return Svg.group(
        Svg.line(x1, y1, x2 - 9 * dx, y2 - 9 * dy, edge.broken() ? "cut" : "edge")
            .hint(edge.what()),
        Svg.polygon(tip, edge.broken() ? "cuttip" : "tip"),
        label);
  }

  private static String label(Scene.Edge edge) {
    return edge.broken() ? "✗ " + edge.what() : edge.what();
  }
}

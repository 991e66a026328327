package dev.slipway.cli.diagram;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Boxes, arrows and words on a picture of twice the size, so that it stays sharp. */
final class Canvas {

  static final Color INK = new Color(0x1f2933);
  static final Color PALE = new Color(0x7b8794);
  private static final int SHARPNESS = 2;

  private final BufferedImage image;
  private final Graphics2D graphics;

  Canvas(int width, int height) {
    image = new BufferedImage(width * SHARPNESS, height * SHARPNESS, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.scale(SHARPNESS, SHARPNESS);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
  }

  BufferedImage image() {
    return image;
  }

  /** A frame with its title at the upper left. */
  void frame(Box box, Color border, Color fill, String title) {
    shape(box, border, fill, 1.6f, false);
    words(box.x() + 12, box.y() + 20, title, 13, Font.BOLD, border);
  }

  /** A box with a bold first line and further lines below it, in the middle. */
  void box(Box box, Color border, Color fill, List<String> lines) {
    shape(box, border, fill, 1.4f, false);
    double y = box.centerY() - (lines.size() - 1) * 8 + 4;
    for (int i = 0; i < lines.size(); i++) {
      centered(box.centerX(), y + i * 16, lines.get(i), i == 0 ? 13 : 11, i == 0);
    }
  }

  void words(double x, double y, String text, int size, int style, Color color) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.setColor(color);
    graphics.drawString(text, (float) x, (float) y);
  }

  private void centered(double x, double y, String text, int size, boolean bold) {
    graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, size));
    graphics.setColor(bold ? INK : PALE);
    graphics.drawString(
        text, (float) (x - graphics.getFontMetrics().stringWidth(text) / 2.0), (float) y);
  }

  /** An arrow along points {@code x, y, x, y …}, with words beside its middle. */
  void arrow(Color color, boolean dashed, String label, double... points) {
    graphics.setColor(color);
    graphics.setStroke(stroke(1.6f, dashed));
    for (int i = 0; i + 3 < points.length; i += 2) {
      graphics.draw(new Line2D.Double(points[i], points[i + 1], points[i + 2], points[i + 3]));
    }
    int last = points.length - 2;
    head(points[last - 2], points[last - 1], points[last], points[last + 1]);
    if (!label.isEmpty()) {
      int middle = points.length / 4 * 2;
      double x = (points[middle] + points[middle - 2]) / 2;
      double y = (points[middle + 1] + points[middle - 1]) / 2;
      words(x + 8, y - 4, label, 11, Font.PLAIN, color);
    }
  }

  private void head(double fromX, double fromY, double x, double y) {
    double angle = Math.atan2(y - fromY, x - fromX);
    Path2D head = new Path2D.Double();
    head.moveTo(x, y);
    head.lineTo(x - 9 * Math.cos(angle - 0.4), y - 9 * Math.sin(angle - 0.4));
    head.lineTo(x - 9 * Math.cos(angle + 0.4), y - 9 * Math.sin(angle + 0.4));
    head.closePath();
    graphics.fill(head);
  }

  private void shape(Box box, Color border, Color fill, float width, boolean dashed) {
    RoundRectangle2D shape =
        new RoundRectangle2D.Double(box.x(), box.y(), box.width(), box.height(), 12, 12);
    graphics.setColor(fill);
    graphics.fill(shape);
    graphics.setColor(border);
    graphics.setStroke(stroke(width, dashed));
    graphics.draw(shape);
  }

  private static BasicStroke stroke(float width, boolean dashed) {
    return dashed
        ? new BasicStroke(
            width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
        : new BasicStroke(width);
  }

  /** A place on the picture. */
  record Box(double x, double y, double width, double height) {
    double centerX() {
      return x + width / 2;
    }

    double centerY() {
      return y + height / 2;
    }

    double right() {
      return x + width;
    }

    double bottom() {
      return y + height;
    }
  }
}

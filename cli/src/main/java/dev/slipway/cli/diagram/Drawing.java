package dev.slipway.cli.diagram;

import dev.slipway.cli.diagram.Canvas.Box;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lays a stack out: the internet above, the VPC with a column a zone, AWS's services beside it. */
final class Drawing {

  private static final Color VPC = new Color(0x2f855a);
  private static final Color VPC_FILL = new Color(0xf4fbf7);
  private static final Color ZONE = new Color(0x829ab1);
  private static final Color PUBLIC = new Color(0x3182ce);
  private static final Color PUBLIC_FILL = new Color(0xebf5ff);
  private static final Color PRIVATE = new Color(0xb7791f);
  private static final Color PRIVATE_FILL = new Color(0xfffaf0);
  private static final Color SERVICE = new Color(0x6b46c1);
  private static final Color SERVICE_FILL = new Color(0xf8f5ff);
  private static final int COLUMN = 330;
  private static final int TOP = 130;

  private final Stack stack;
  private final Canvas canvas;
  private final int vpcWidth;

  private Drawing(Stack stack) {
    this.stack = stack;
    this.vpcWidth = 40 + Math.max(1, stack.zones().size()) * (COLUMN + 20);
    this.canvas = new Canvas(vpcWidth + 340, 760);
  }

  /** Draws a stack. */
  static BufferedImage of(Stack stack) {
    Drawing drawing = new Drawing(stack);
    drawing.draw();
    return drawing.canvas.image();
  }

  private void draw() {
    Box vpc = new Box(20, TOP, vpcWidth, 600);
    canvas.frame(vpc, VPC, VPC_FILL, "VPC " + value("aws_vpc", "cidr_block"));
    Box client = new Box(vpc.centerX() - 90, 20, 180, 46);
    canvas.box(client, Canvas.INK, Color.WHITE, List.of("Clients", "HTTP"));
    Box balancer = new Box(62, TOP + 130, vpcWidth - 104, 56);
    List<String> zones = stack.zones();
    for (int i = 0; i < zones.size(); i++) {
      zone(new Box(40 + i * (COLUMN + 20), TOP + 40, COLUMN, 540), zones.get(i), i);
    }
    canvas.box(
        balancer,
        PUBLIC,
        Color.WHITE,
        List.of(
            "Application Load Balancer",
            "listener " + values("aws_lb_listener", "port") + ", the only way in"));
    if (stack.count("aws_internet_gateway") > 0) {
      canvas.box(
          new Box(vpc.centerX() - 80, TOP - 22, 160, 34),
          VPC,
          Color.WHITE,
          List.of("Internet gateway"));
    }
    canvas.arrow(
        Canvas.INK, false, "", client.centerX(), client.bottom(), client.centerX(), TOP - 24);
    canvas.arrow(
        Canvas.INK, false, "", client.centerX(), TOP + 14, client.centerX(), balancer.y() - 2);
    services(vpc);
  }

  private void zone(Box zone, String name, int index) {
    canvas.frame(zone, ZONE, new Color(255, 255, 255, 120), name.isEmpty() ? "zone" : name);
    Box front = new Box(zone.x() + 12, zone.y() + 34, zone.width() - 24, 200);
    canvas.frame(front, PUBLIC, PUBLIC_FILL, "public subnet" + cidr(name, "public"));
    Box back = new Box(zone.x() + 12, zone.y() + 270, zone.width() - 24, 250);
    canvas.frame(back, PRIVATE, PRIVATE_FILL, "private subnet" + cidr(name, "private"));
    Box task = new Box(back.x() + 20, back.y() + 60, 150, 70);
    canvas.box(
        task,
        PRIVATE,
        Color.WHITE,
        List.of("Fargate task", "port " + values("aws_lb_target_group", "port"), size()));
    canvas.arrow(Canvas.INK, false, "", task.centerX(), TOP + 188, task.centerX(), task.y() - 2);
    if (index < stack.count("aws_nat_gateway")) {
      Box nat = new Box(front.right() - 130, front.bottom() - 48, 110, 36);
      canvas.box(nat, PUBLIC, Color.WHITE, List.of("NAT gateway"));
      canvas.arrow(
          PUBLIC,
          true,
          "",
          task.right(),
          task.centerY(),
          nat.centerX(),
          task.centerY(),
          nat.centerX(),
          nat.bottom() + 2);
      canvas.words(nat.centerX() + 8, task.centerY() + 4, "443 out", 11, Font.PLAIN, PUBLIC);
    }
    if (stack.count("aws_vpc_endpoint") > 0) {
      canvas.box(
          new Box(back.x() + 20, back.bottom() - 76, back.width() - 40, 60),
          PRIVATE,
          Color.WHITE,
          endpoints());
    }
  }

  private List<String> endpoints() {
    String names =
        stack.all("aws_vpc_endpoint").stream()
            .map(endpoint ->
                endpoint.text("service_name").replaceFirst(".*amazonaws\\.[^.]*\\.", ""))
            .distinct()
            .collect(Collectors.joining(", "));
    return List.of("VPC endpoints", names);
  }

  private void services(Box vpc) {
    List<List<String>> services = new ArrayList<>();
    services.add(List.of("ECR", "image by digest, scanned on push"));
    services.add(
        List.of(
            "ECS", "cluster " + value("aws_ecs_cluster", "name"), "rolling, breaker, rollback"));
    services.add(
        List.of(
            "IAM",
            stack.count("aws_iam_role") + " roles: execution, task",
            "least privilege each"));
    services.add(List.of("CloudWatch Logs", value("aws_cloudwatch_log_group", "name")));
    services.add(
        List.of("CloudWatch", stack.count("aws_cloudwatch_metric_alarm") + " alarms, dashboard"));
    services.add(List.of("Auto Scaling", capacity()));
    double x = vpc.right() + 40;
    for (int i = 0; i < services.size(); i++) {
      canvas.box(new Box(x, TOP + 34 + i * 94.0, 240, 74), SERVICE, SERVICE_FILL, services.get(i));
    }
    canvas.arrow(SERVICE, true, "", vpc.right() - 6, TOP + 24.0, x - 2, TOP + 24.0);
    canvas.words(x + 6, TOP + 28.0, "images, logs, metrics", 11, Font.PLAIN, SERVICE);
    canvas.words(20, 752, "drawn from Terraform by make diagram", 11, Font.PLAIN, Canvas.PALE);
  }

  private String capacity() {
    return stack
        .first("aws_appautoscaling_target")
        .map(t -> t.text("min_capacity") + " to " + t.text("max_capacity") + " tasks")
        .orElse("desired count is fixed");
  }

  private String size() {
    return stack
        .first("aws_ecs_task_definition")
        .map(t -> t.text("cpu") + " CPU, " + t.text("memory") + " MiB")
        .orElse("");
  }

  private String cidr(String zone, String tier) {
    return stack.subnets(zone, tier).stream()
        .map(subnet -> "  " + subnet.text("cidr_block"))
        .collect(Collectors.joining());
  }

  private String value(String type, String attribute) {
    return stack.first(type).map(resource -> resource.text(attribute)).orElse("");
  }

  private String values(String type, String attribute) {
    return stack.all(type).stream()
        .map(resource -> resource.text(attribute))
        .distinct()
        .collect(Collectors.joining(", "));
  }
}

package dev.slipway.twin.command;

import dev.slipway.twin.RuntimeKind;
import dev.slipway.twin.Twin;
import dev.slipway.twin.TwinOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Starts a twin in this process, asks it common things and ends: for the JVM to record what a start
 * needs. Part of the build.
 */
public final class Training {

  private static final String JSON = "application/x-amz-json-1.1";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** A call: its service's signing name, its target or nothing, and its body. */
  private record Call(String service, String target, String body) {}

  private static final List<Call> CALLS =
      List.of(
          ecs("CreateCluster", "{\"clusterName\":\"training\"}"),
          ecs("DescribeServices", "{\"cluster\":\"training\",\"services\":[\"none\"]}"),
          ecs("DescribeClusters", "{\"clusters\":[\"training\"]}"),
          ecs("ListTasks", "{\"cluster\":\"training\"}"),
          new Call("ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", "{}"),
          new Call("logs", "Logs_20140328.DescribeLogGroups", "{}"),
          form("ec2", "DescribeVpcs", "2016-11-15"),
          form("ec2", "DescribeSubnets", "2016-11-15"),
          form("iam", "ListRoles", "2010-05-08"),
          form("sts", "GetCallerIdentity", "2011-06-15"),
          form("elasticloadbalancing", "DescribeLoadBalancers", "2015-12-01"));

  private Training() {}

  /** Runs the training; takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("slipway-training");
    try (Twin twin =
        Twin.start(new TwinOptions(0, 60, "eu-central-1", directory, RuntimeKind.PROCESS))) {
      for (int round = 0; round < 3; round++) {
        for (Call call : CALLS) {
          ask(twin.port(), call);
        }
      }
    } finally {
      new RunDirectory(directory).clear();
      Files.delete(directory);
    }
  }

  private static Call ecs(String action, String body) {
    return new Call("ecs", "AmazonEC2ContainerServiceV20141113." + action, body);
  }

  private static Call form(String service, String action, String version) {
    return new Call(service, "", "Action=" + action + "&Version=" + version);
  }

  // Whether the answer is a success matters to nobody: refusals are part of a start, too.
  private static void ask(int port, Call call) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    headers(call).forEach(connection::setRequestProperty);
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(call.body().getBytes(StandardCharsets.UTF_8));
    }
    try (InputStream in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static Map<String, String> headers(Call call) {
    String scope = "Credential=000000000000/20260101/eu-central-1/" + call.service();
    String signature =
        "AWS4-HMAC-SHA256 " + scope + "/aws4_request, SignedHeaders=host, Signature=0";
    return call.target().isEmpty()
        ? Map.of("Content-Type", FORM, "Authorization", signature)
        : Map.of("Content-Type", JSON, "Authorization", signature, "X-Amz-Target", call.target());
  }
}

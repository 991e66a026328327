package dev.slipway.twin.terraform;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends the calls of the real provider as they look on the wire, in each of AWS's protocols. */
final class ProviderClient implements AutoCloseable {

  private static final Map<String, String> JSON =
      Map.of(
          "ECS", "AmazonEC2ContainerServiceV20141113",
          "ECR", "AmazonEC2ContainerRegistry_V20150921",
          "CloudWatch Logs", "Logs_20140328",
          "Budgets", "AWSBudgetServiceGateway",
          "Application Auto Scaling", "AnyScaleFrontendService");
  private static final Map<String, String> QUERY =
      Map.of(
          "EC2", "2016-11-15",
          "Elastic Load Balancing v2", "2015-12-01",
          "IAM", "2010-05-08",
          "STS", "2011-06-15",
          "SNS", "2010-03-31",
          "CloudWatch", "2010-08-01");
  private static final Map<String, String> SIGNING =
      Map.of(
          "CloudWatch Logs", "logs",
          "Application Auto Scaling", "application-autoscaling",
          "Elastic Load Balancing v2", "elasticloadbalancing",
          "CloudWatch", "monitoring");
  private static final Map<String, String> SUBRESOURCES =
      Map.ofEntries(
          Map.entry("BucketTagging", "tagging"),
          Map.entry("BucketPolicy", "policy"),
          Map.entry("BucketAcl", "acl"),
          Map.entry("BucketCors", "cors"),
          Map.entry("BucketWebsite", "website"),
          Map.entry("BucketVersioning", "versioning"),
          Map.entry("BucketAccelerateConfiguration", "accelerate"),
          Map.entry("BucketRequestPayment", "requestPayment"),
          Map.entry("BucketLogging", "logging"),
          Map.entry("BucketLifecycleConfiguration", "lifecycle"),
          Map.entry("BucketReplication", "replication"),
          Map.entry("BucketEncryption", "encryption"),
          Map.entry("ObjectLockConfiguration", "object-lock"),
          Map.entry("PublicAccessBlock", "publicAccessBlock"));

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;
  private final String account;

  ProviderClient(URI endpoint, String account) {
    this.endpoint = endpoint;
    this.account = account;
  }

  /** An answer, of which an error's code is known. */
  record Answer(int status, String body) {

    /** The code of the error, or the status where there is no body to name one; empty without. */
    String error() {
      if (status < 300) {
        return "";
      }
      String code =
          body.replaceFirst("(?s).*(?:<Code>|\"__type\":\\s*\"(?:[^\"#]*#)?)(\\w[\\w.]*).*", "$1");
      return body.isEmpty() ? String.valueOf(status) : code;
    }
  }

  Answer send(String service, String operation, Map<String, String> parameters)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder();
    if (JSON.containsKey(service)) {
      json(request, JSON.get(service) + "." + operation, parameters);
    } else if (QUERY.containsKey(service)) {
      query(request, operation, QUERY.get(service), parameters);
    } else {
      s3(request, operation, parameters.getOrDefault("body", ""));
    }
    String name = SIGNING.getOrDefault(service, service.toLowerCase(Locale.ROOT));
    request.header(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=%s/20260101/eu-west-1/%s/aws4_request, SignedHeaders=host,"
                .formatted(account, name)
            + " Signature=0");
    HttpResponse<String> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    return new Answer(answer.statusCode(), answer.body());
  }

  private void json(HttpRequest.Builder request, String target, Map<String, String> parameters) {
    String body =
        parameters.entrySet().stream()
            .map(p -> "\"" + p.getKey() + "\":" + literal(p.getKey(), p.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    request
        .uri(endpoint.resolve("/"))
        .header("X-Amz-Target", target)
        .header("Content-Type", "application/x-amz-json-1.1")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static String literal(String name, String value) {
    boolean text = name.equals("lifecyclePolicyText") || name.endsWith("Id");
    boolean literal =
        !text && value.matches("(?s)[\\[{].*|true|false|[0-9]+") && !name.matches("cpu|memory");
    return literal ? value : "\"" + value.replace("\"", "\\\"") + "\"";
  }

  private void query(
      HttpRequest.Builder request,
      String operation,
      String version,
      Map<String, String> parameters) {
    StringBuilder form = new StringBuilder("Action=" + operation + "&Version=" + version);
    parameters.forEach((name, value) -> {
      // Of a list, each of the words is an element.
      boolean list = name.endsWith("Subnets.member.N");
      String[] elements = list ? value.split(" ") : new String[] {value};
      for (int i = 0; i < elements.length; i++) {
        String numbered = name.replaceAll("\\.N(?=\\.|$)", "." + (i + 1));
        form.append('&')
            .append(numbered)
            .append('=')
            .append(URLEncoder.encode(elements[i], StandardCharsets.UTF_8));
      }
    });
    request
        .uri(endpoint.resolve("/"))
        .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofString(form.toString()));
  }

  private void s3(HttpRequest.Builder request, String operation, String body) {
    String verb = operation.replaceFirst("^([A-Z][a-z]+).*", "$1");
    String method = verb.equals("Create") ? "PUT" : verb.toUpperCase(Locale.ROOT);
    String what = SUBRESOURCES.get(operation.substring(verb.length()));
    request
        .uri(endpoint.resolve("/probe-state-1234" + (what == null ? "" : "?" + what)))
        .method(
            method,
            body.isEmpty()
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  @Override
  public void close() {
    http.close();
  }
}

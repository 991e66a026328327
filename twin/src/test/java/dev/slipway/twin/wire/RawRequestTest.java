package dev.slipway.twin.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients other than the SDK send: other protocols, and nonsense. */
class RawRequestTest {

  private static final String ECS = "AmazonEC2ContainerServiceV20141113.DescribeServices";
  private static final String CLOUDWATCH = "GraniteServiceVersion20100801.GetDashboard";
  private static final String FORM = "application/x-www-form-urlencoded";

  private static Endpoints twin;
  private static HttpClient http;

  @BeforeAll
  static void listen() {
    twin = new Endpoints(new AwsEndpointTest.Fakes());
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void close() {
    http.close();
    twin.close();
  }

  static Stream<Arguments> nonsense() {
    String vpcs = "Action=DescribeVpcs&Version=2016-11-15";
    return Stream.of(
        json("{"),
        json("[]"),
        json("null"),
        json("{\"services\": \"a\"}"),
        json("{\"services\": [1]}"),
        json("{\"services\": [null]}"),
        json("{\"cluster\": {\"a\": 1}}"),
        json("{\"services\": []} {}"),
        json("{\"cluster\": \"\u0001\"}"),
        json("{\"services\": " + "[".repeat(50_000)),
        json("{\"unknown\": " + "[".repeat(5000) + "]".repeat(5000) + "}"),
        Arguments.of(CLOUDWATCH, "application/x-amz-json-1.0", "{\"DashboardName\": 1e999999999}"),
        Arguments.of("", FORM, vpcs + "&MaxResults=ten"),
        Arguments.of("", FORM, vpcs + "&MaxResults=1e999999999"),
        Arguments.of("", FORM, vpcs + "&MaxResults=" + "9".repeat(5000)),
        Arguments.of("", FORM, vpcs + "&DryRun=maybe"),
        Arguments.of("", FORM, vpcs + "&Filter" + ".1".repeat(500) + "=x"),
        Arguments.of("", FORM, vpcs + "&VpcId.%GG=x"),
        Arguments.of("", FORM, "Action=%3Cscript%3E&Version=2016-11-15"),
        Arguments.of("", FORM, "Action=NoSuchThing&Version=2016-11-15"),
        Arguments.of("", "text/plain", "hello"),
        Arguments.of("AmazonEC2ContainerServiceV20141113.NoSuchThing", "", "{}"),
        Arguments.of("\u00e9", "", "{}"));
  }

  private static Arguments json(String body) {
    return Arguments.of(ECS, "application/x-amz-json-1.1", body);
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void refusesNonsenseAsAwsDoesAndTellsNothingOfItsParsers(
      String target, String contentType, String body) throws Exception {
    HttpResponse<String> answer = send(target, contentType, body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.body())
        .matches("(?s).*(\"__type\":\"\\w+\"|<Code>\\w+</Code>).*")
        .doesNotContain("jackson", "java.", "Exception:", "line:", "<script>");
  }

  @Test
  void speaksJsonAndQueryWithCloudWatchToo() throws Exception {
    HttpResponse<String> json =
        send(CLOUDWATCH, "application/x-amz-json-1.0", utf8("{\"DashboardName\": \"none\"}"));
    assertThat(json.statusCode()).isEqualTo(404);
    assertThat(json.headers().firstValue("x-amzn-query-error")).contains("ResourceNotFound;Sender");
    assertThat(json.body()).contains("\"__type\":\"DashboardNotFoundError\"");
    HttpResponse<String> query =
        send("", FORM, utf8("Action=GetDashboard&Version=2010-08-01&DashboardName=none"));
    assertThat(query.statusCode()).isEqualTo(404);
    assertThat(query.body()).contains("<Code>ResourceNotFound</Code>", "<Type>Sender</Type>");
  }

  @Test
  void readsZippedBodies() throws Exception {
    byte[] zipped = gzip(utf8("{\"services\": [\"zipped\"]}"));
    assertThat(zipped(zipped).body()).contains("zipped");
    assertThat(zipped(utf8("no zip")).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesABodyThatUnzipsToTooMuch() throws Exception {
    byte[] bomb = gzip(new byte[WireLimits.UNZIPPED + 1]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(zipped(bomb).statusCode()).isEqualTo(413);
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    HttpResponse<String> answer =
        send(ECS, "application/x-amz-json-1.1", new byte[WireLimits.BODY + 1]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("RequestEntityTooLarge");
  }

  @Test
  void readsChunkedBodiesAndTellsClientsToGoOn() throws Exception {
    byte[] body = utf8("{\"services\": [\"late\"]}");
    HttpRequest request =
        request(ECS, "application/x-amz-json-1.1")
            .expectContinue(true)
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body))) // unknown length: chunked
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).body()).contains("late");
  }

  @Test
  void takesAnEmptyBodyForAnEmptyRequest() throws Exception {
    assertThat(send(ECS, "application/x-amz-json-1.1", new byte[0]).body())
        .isEqualTo("{\"services\":[],\"failures\":[]}");
  }

  @Test
  void echoesTheActionAsItWasSpelled() throws Exception {
    HttpResponse<String> answer =
        send(
            "",
            FORM,
            utf8(
                "Action=DescribeSSLPolicies&Version=2015-12-01"
                    + "&Names.member.10=b&Names.member.2=a"));
    assertThat(answer.body())
        .contains("<DescribeSSLPoliciesResponse xmlns=\"http://elasticloadbalancing")
        .contains("<DescribeSSLPoliciesResult>")
        .contains("<Name>b</Name>");
  }

  @Test
  void tellsItsTime() throws Exception {
    HttpRequest request =
        request(ECS, "application/x-amz-json-1.1").POST(BodyPublishers.ofString("{}")).build();
    assertThat(http.send(request, BodyHandlers.ofString()).headers().allValues("Date"))
        .containsExactly("Thu, 01 Jan 2026 00:00:00 GMT");
  }

  @Test
  void refusesARegionThatIsNone() throws Exception {
    HttpRequest request =
        request(ECS, "application/x-amz-json-1.1")
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=k/20260101/no%20where/ecs/aws4_request, Signature=0")
            .POST(BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("InvalidSignatureException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://localhost.evil.example", "%%"})
  void isNotToBeReachedFromPagesOfOtherSites(String origin) throws Exception {
    HttpRequest request =
        request(ECS, "application/x-amz-json-1.1")
            .header("Origin", origin)
            .POST(BodyPublishers.ofString("{}"))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  private static HttpResponse<String> zipped(byte[] body) throws Exception {
    HttpRequest request =
        request(ECS, "application/x-amz-json-1.1")
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static HttpResponse<String> send(String target, String contentType, byte[] body)
      throws Exception {
    HttpRequest request =
        request(target, contentType).POST(BodyPublishers.ofByteArray(body)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String target, String contentType) {
    List<String> headers = new ArrayList<>();
    if (!target.isEmpty()) {
      headers.addAll(List.of("X-Amz-Target", target));
    }
    if (!contentType.isEmpty()) {
      headers.addAll(List.of("Content-Type", contentType));
    }
    return HttpRequest.newBuilder(twin.uri()).headers(headers.toArray(String[]::new));
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

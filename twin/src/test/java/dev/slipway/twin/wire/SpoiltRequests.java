package dev.slipway.twin.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;

/** Requests as clients send them, and then spoilt: what a fuzz sends. */
final class SpoiltRequests {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final List<String> REGIONS =
      List.of("eu-central-1", "us-east-1", "mars-1", "", "%00", "x".repeat(300));
  private static final List<String> SEGMENTS =
      List.of("", "bucket", "my-bucket", "%ff", "%zz", "..", "2013-04-01", "hostedzone", "Z1");
  private static final List<String> QUERIES =
      List.of(
          "",
          "?tagging",
          "?uploads",
          "?list-type=2&max-keys=-1",
          "?versions&max-keys=x",
          "?uploadId=1&partNumber=99999999999",
          "?delete",
          "?policy",
          "?%zz=1");

  /** What goes out. */
  record Sent(String method, String path, Map<String, String> headers, byte[] body) {}

  private final Random random;

  SpoiltRequests(Random random) {
    this.random = random;
  }

  /** A request of an operation in one of the service's protocols, as likely spoilt as not. */
  Sent of(AwsService service, Class<?> type, SdkPojo request) {
    String name = type.getSimpleName();
    String action = name.substring(0, name.length() - "Request".length());
    Map<String, String> headers = new LinkedHashMap<>();
    sign(service, headers);
    if (service.isRest()) {
      return rest(request, headers);
    }
    if (service.hasForms() && (service.targetPrefix().isEmpty() || random.nextBoolean())) {
      headers.put("Content-Type", FORM);
      StringBuilder form = new StringBuilder("Action=" + action + "&Version=" + service.version());
      write(form, "", request);
      return new Sent("POST", "/", headers, spoil(utf8(form.toString()), headers));
    }
    boolean cbor = service == AwsService.CLOUDWATCH && random.nextBoolean();
    AwsProtocol protocol = cbor ? AwsProtocol.CBOR : AwsProtocol.JSON_1_1;
    headers.put("Content-Type", protocol.contentType());
    String path = "/";
    if (cbor) {
      headers.put("smithy-protocol", "rpc-v2-cbor");
      path = "/service/" + service.targetPrefix() + "/operation/" + action;
    } else {
      headers.put("X-Amz-Target", service.targetPrefix() + "." + action);
    }
    return new Sent("POST", path, headers, spoil(encode(protocol, request), headers));
  }

  private Sent rest(SdkPojo request, Map<String, String> headers) {
    String method = List.of("GET", "PUT", "POST", "DELETE", "HEAD").get(random.nextInt(5));
    StringBuilder path = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      path.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    String uri = path + QUERIES.get(random.nextInt(QUERIES.size()));
    String clean = uri.replace("%zz", "%25zz");
    StringBuilder xml = new StringBuilder();
    xml(xml, "Request", request);
    byte[] body = method.equals("HEAD") ? new byte[0] : spoil(utf8(xml.toString()), headers);
    headers.remove("Content-Encoding");
    if (random.nextInt(6) == 0) {
      headers.put("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
      headers.put("Content-Encoding", "aws-chunked");
    }
    if (random.nextInt(6) == 0) {
      headers.put("Range", "bytes=" + "9".repeat(1 + random.nextInt(30)) + "-1");
    }
    return new Sent(method, clean.replaceAll("/{2,}", "/"), headers, body);
  }

  private void sign(AwsService service, Map<String, String> headers) {
    String region = REGIONS.get(random.nextInt(3) > 0 ? 0 : random.nextInt(REGIONS.size()));
    String name =
        random.nextInt(12) == 0
            ? AwsService.values()[random.nextInt(AwsService.values().length)].signingName()
            : service.signingName();
    switch (random.nextInt(15)) {
      case 0 -> {}
      case 1 -> headers.put("Authorization", "AWS4-HMAC-SHA256 Credential=");
      case 2 -> headers.put("Authorization", "Bearer " + "x".repeat(random.nextInt(2000)));
      default ->
          headers.put(
              "Authorization",
              "AWS4-HMAC-SHA256 Credential=test/20260101/%s/%s/aws4_request, SignedHeaders=host, Signature=0"
                  .formatted(region, name));
    }
  }

  private byte[] spoil(byte[] body, Map<String, String> headers) {
    byte[] spoilt = body.clone();
    switch (random.nextInt(10)) {
      case 0 -> spoilt = Arrays.copyOf(spoilt, random.nextInt(spoilt.length + 1));
      case 1, 2, 3 -> {
        for (int i = 1 + random.nextInt(4); i > 0 && spoilt.length > 0; i--) {
          spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
      }
      case 4 -> random.nextBytes(spoilt);
      case 5 -> {
        headers.put("Content-Encoding", "gzip");
        spoilt = random.nextBoolean() ? gzip(spoilt) : spoilt;
      }
      case 6 -> spoilt = utf8("[{\"a\":<x>".repeat(random.nextInt(3000)));
      default -> {}
    }
    return spoilt;
  }

  private static byte[] encode(AwsProtocol protocol, SdkPojo request) {
    var bytes = new com.fasterxml.jackson.core.util.ByteArrayBuilder();
    boolean cbor = protocol == AwsProtocol.CBOR;
    var factory =
        cbor
            ? new com.fasterxml.jackson.dataformat.cbor.CBORFactory()
            : new com.fasterxml.jackson.core.JsonFactory();
    try (var generator = factory.createGenerator(bytes)) {
      new JsonValueWriter(generator, cbor).writeStruct(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(StringBuilder form, String prefix, Object value) {
    switch (value) {
      case null -> {}
      case SdkPojo pojo ->
          SdkShapes.of(pojo)
              .members()
              .forEach(member ->
                  write(
                      form,
                      (prefix.isEmpty() ? "" : prefix + ".") + member.name() + inner(member.type()),
                      member.get(pojo)));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          write(form, prefix + "." + (i + 1), list.get(i));
        }
      }
      case Map<?, ?> map -> {}
      case SdkBytes bytes -> form.append('&').append(prefix).append("=AAAA");
      default ->
          form.append('&')
              .append(prefix)
              .append('=')
              .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }

  private static String inner(SdkShapes.Type type) {
    boolean wrapped = type.kind() == SdkShapes.Kind.LIST && !type.flattened();
    return wrapped ? "." + type.memberName() : "";
  }

  private static void xml(StringBuilder xml, String name, Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(item -> xml(xml, name, item));
      case SdkPojo pojo -> {
        xml.append('<').append(name).append('>');
        SdkShapes.of(pojo)
            .members()
            .forEach(member -> xml(xml, member.xmlName().replace(':', '_'), member.get(pojo)));
        xml.append("</").append(name).append('>');
      }
      default ->
          xml.append('<')
              .append(name)
              .append('>')
              .append(value.toString().replace("&", "&amp;").replace("<", "&lt;"))
              .append("</")
              .append(name)
              .append('>');
    }
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

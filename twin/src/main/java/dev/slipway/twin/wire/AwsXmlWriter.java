package dev.slipway.twin.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Writes answers in the Query and EC2 Query protocols. Sources: Smithy 2.0, "AWS query protocol",
 * "AWS EC2 query protocol"; for the URL-encoded policy documents IAM API reference, GetRolePolicy.
 */
final class AwsXmlWriter {

  private static final String HEADER = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  private static final Set<String> IAM_DOCUMENTS =
      Set.of("AssumeRolePolicyDocument", "PolicyDocument", "Document");

  /**
   * Outside Elastic Load Balancing, where every operation has a result. Source: the API models of
   * IAM, SNS and CloudWatch.
   */
  private static final Set<String> EMPTY_RESULTS =
      Set.of("UpdateRole", "TagResource", "UntagResource");

  private final StringBuilder xml = new StringBuilder(2048);
  private final boolean encodeDocuments;

  private AwsXmlWriter(boolean encodeDocuments) {
    this.encodeDocuments = encodeDocuments;
  }

  /**
   * The answer of an action.
   *
   * @param action as the client spelled it
   */
  static byte[] encode(AwsService service, String action, SdkResponse response, String requestId) {
    AwsXmlWriter writer = new AwsXmlWriter(service == AwsService.IAM);
    if (service == AwsService.EC2) {
      writer.writeEc2(service, action, response, requestId);
    } else {
      writer.writeQuery(service, action, response, requestId);
    }
    return writer.bytes();
  }

  /** An error in the Query protocol. */
  static byte[] queryError(
      AwsService service, String type, String code, String message, String requestId) {
    AwsXmlWriter writer = new AwsXmlWriter(false);
    String namespace = service == null ? "" : service.namespace();
    writer.xml.append(HEADER);
    writer.open("ErrorResponse", namespace);
    writer.xml.append("<Error><Type>").append(type).append("</Type><Code>");
    writer.text(code);
    writer.xml.append("</Code><Message>");
    writer.text(message);
    writer.xml.append("</Message></Error><RequestId>").append(requestId);
    writer.xml.append("</RequestId></ErrorResponse>");
    return writer.bytes();
  }

  /** An error in the EC2 Query protocol. */
  static byte[] ec2Error(String code, String message, String requestId) {
    AwsXmlWriter writer = new AwsXmlWriter(false);
    writer.xml.append(HEADER).append("<Response><Errors><Error><Code>");
    writer.text(code);
    writer.xml.append("</Code><Message>");
    writer.text(message);
    writer.xml.append("</Message></Error></Errors><RequestID>").append(requestId);
    writer.xml.append("</RequestID></Response>");
    return writer.bytes();
  }

  /** An error of S3. */
  static byte[] s3Error(String code, String message, String requestId) {
    AwsXmlWriter writer = new AwsXmlWriter(false);
    writer.xml.append(HEADER).append("<Error><Code>");
    writer.text(code);
    writer.xml.append("</Code><Message>");
    writer.text(message);
    writer.xml.append("</Message><RequestId>").append(requestId).append("</RequestId><HostId>");
    writer.xml.append(requestId).append("</HostId></Error>");
    return writer.bytes();
  }

  /** A document of a REST service. */
  static byte[] document(AwsService service, String root, SdkPojo content) {
    AwsXmlWriter writer = new AwsXmlWriter(false);
    writer.xml.append(HEADER);
    writer.open(root, service.namespace());
    for (SdkShapes.Member member : SdkShapes.of(content).members()) {
      Object value = member.get(content);
      if (member.place() == SdkShapes.Place.BODY && JsonValueWriter.isSet(value)) {
        writer.write(member.type(), member.xmlName(), value);
      }
    }
    writer.close(root);
    return writer.bytes();
  }

  /** A document of a REST service that is one text. */
  static byte[] document(AwsService service, String root, String content) {
    AwsXmlWriter writer = new AwsXmlWriter(false);
    writer.xml.append(HEADER);
    writer.open(root, service.namespace());
    writer.text(content);
    writer.close(root);
    return writer.bytes();
  }

  private void writeQuery(
      AwsService service, String action, SdkResponse response, String requestId) {
    xml.append(HEADER);
    open(action + "Response", service.namespace());
    if (hasResult(service, action, response)) {
      open(action + "Result", "");
      writeMembers(response);
      close(action + "Result");
    }
    xml.append("<ResponseMetadata><RequestId>").append(requestId);
    xml.append("</RequestId></ResponseMetadata>");
    close(action + "Response");
  }

  /**
   * Whether an answer has an element for its result. Those of an operation that returns nothing at
   * all have none; those whose result happens to have no members do, and botocore insists on it.
   */
  private static boolean hasResult(AwsService service, String action, SdkResponse response) {
    return !SdkShapes.of(response).members().isEmpty()
        || service == AwsService.ELBV2
        || EMPTY_RESULTS.contains(action);
  }

  private void writeEc2(AwsService service, String action, SdkResponse response, String requestId) {
    xml.append(HEADER);
    open(action + "Response", service.namespace());
    xml.append("<requestId>").append(requestId).append("</requestId>");
    if (SdkShapes.of(response).members().isEmpty()) {
      xml.append("<return>true</return>");
    } else {
      writeMembers(response);
    }
    close(action + "Response");
  }

  private void writeMembers(SdkPojo pojo) {
    for (SdkShapes.Member member : SdkShapes.of(pojo).members()) {
      Object value = member.get(pojo);
      if (JsonValueWriter.isSet(value) && !member.isXmlAttribute()) {
        write(member.type(), member.xmlName(), value);
      }
    }
  }

  private void write(SdkShapes.Type type, String name, Object value) {
    switch (type.kind()) {
      case LIST -> writeList(type, name, (List<?>) value);
      case MAP -> writeMap(type, name, (Map<?, ?>) value);
      case STRUCT -> {
        openStruct(name, (SdkPojo) value);
        writeMembers((SdkPojo) value);
        close(name);
      }
      default -> {
        open(name, "");
        writeContent(type, name, value);
        close(name);
      }
    }
  }

  // Only S3's grantees have an attribute, xsi:type.
  private void openStruct(String name, SdkPojo pojo) {
    xml.append('<').append(name);
    for (SdkShapes.Member member : SdkShapes.of(pojo).members()) {
      Object value = member.isXmlAttribute() ? member.get(pojo) : null;
      if (value != null) {
        xml.append(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" ");
        xml.append(member.xmlName()).append("=\"");
        text((String) value);
        xml.append('"');
      }
    }
    xml.append('>');
  }

  private void writeList(SdkShapes.Type type, String name, List<?> list) {
    if (!type.flattened()) {
      open(name, "");
    }
    for (Object element : list) {
      write(type.element(), type.flattened() ? name : type.memberName(), element);
    }
    if (!type.flattened()) {
      close(name);
    }
  }

  private void writeMap(SdkShapes.Type type, String name, Map<?, ?> map) {
    String entryName = type.flattened() ? name : "entry";
    if (!type.flattened()) {
      open(name, "");
    }
    map.forEach((key, value) -> {
      open(entryName, "");
      open(type.keyName(), "");
      text((String) key);
      close(type.keyName());
      write(type.element(), type.valueName(), value);
      close(entryName);
    });
    if (!type.flattened()) {
      close(name);
    }
  }

  private void writeContent(SdkShapes.Type type, String name, Object value) {
    switch (type.kind()) {
      case STRUCT -> writeMembers((SdkPojo) value);
      case STRING -> text(document(name, (String) value));
      case INSTANT -> xml.append(time(type.timeFormat(), (Instant) value));
      case BYTES ->
          xml.append(Base64.getEncoder().encodeToString(((SdkBytes) value).asByteArrayUnsafe()));
      default -> xml.append(value);
    }
  }

  private String document(String name, String value) {
    return encodeDocuments && IAM_DOCUMENTS.contains(name)
        ? URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20")
        : value;
  }

  private static String time(SdkShapes.TimeFormat format, Instant instant) {
    return switch (format) {
      case ISO, PROTOCOL_DEFAULT -> Times.toIso(instant);
      case RFC_822 -> Times.toRfc822(instant);
      case EPOCH_MILLIS -> Long.toString(instant.toEpochMilli());
      case EPOCH_SECONDS -> Times.toEpochSeconds(instant).toPlainString();
    };
  }

  private void open(String name, String namespace) {
    xml.append('<').append(name);
    if (!namespace.isEmpty()) {
      xml.append(" xmlns=\"").append(namespace).append('"');
    }
    xml.append('>');
  }

  private void close(String name) {
    xml.append("</").append(name).append('>');
  }

  // A bare carriage return would be read as a line feed, and control characters are no XML at all.
  private void text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> xml.append("&amp;");
        case '<' -> xml.append("&lt;");
        case '>' -> xml.append("&gt;");
        case '\r' -> xml.append("&#13;");
        default -> xml.append(isLegal(value, i) ? c : '\uFFFD');
      }
    }
  }

  private static boolean isLegal(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }
    return c >= ' ' ? c < '\uFFFE' : c == '\n' || c == '\t';
  }

  private byte[] bytes() {
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }
}

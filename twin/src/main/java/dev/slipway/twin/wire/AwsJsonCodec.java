package dev.slipway.twin.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.slipway.twin.world.AwsError;
import java.io.IOException;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/**
 * Requests and answers in JSON 1.0, JSON 1.1 and CBOR. Sources: Smithy 2.0, "AWS JSON 1.1
 * protocol", "Smithy RPC v2 CBOR".
 */
final class AwsJsonCodec {

  /** AWS's code for a body that does not fit the operation. */
  static final String MALFORMED = "SerializationException";

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(WireLimits.DEPTH)
          .maxStringLength(WireLimits.UNZIPPED)
          .maxNumberLength(400)
          .build();

  private final JsonFactory json = JsonFactory.builder().streamReadConstraints(LIMITS).build();
  private final CBORFactory cbor = CBORFactory.builder().streamReadConstraints(LIMITS).build();

  /**
   * Reads a request.
   *
   * @throws AwsError {@code SerializationException} when the body does not fit
   */
  SdkRequest decode(AwsProtocol protocol, Class<?> requestType, byte[] body) {
    SdkPojo builder = SdkShapes.builderOf(requestType);
    if (body.length > 0) {
      try (JsonParser parser = factory(protocol).createParser(body)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw malformed("Start of structure or map expected.");
        }
        new JsonValueReader(parser, protocol == AwsProtocol.CBOR).readMembers(builder);
        if (parser.nextToken() != null) {
          throw malformed("Unexpected content after the request.");
        }
      } catch (StreamReadException e) {
        // What the parser says of itself is no business of the client.
        throw malformed("The request body is not valid " + name(protocol) + ".");
      } catch (IOException e) {
        throw malformed("The request body could not be read.");
      }
    }
    return (SdkRequest) SdkShapes.build(builder);
  }

  /** Writes an answer. */
  byte[] encode(AwsProtocol protocol, SdkResponse response) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(4096);
    try (JsonGenerator generator = factory(protocol).createGenerator(bytes)) {
      new JsonValueWriter(generator, protocol == AwsProtocol.CBOR).writeStruct(response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Writes an error's body. */
  byte[] encodeError(AwsProtocol protocol, String type, String message) {
    ByteArrayBuilder bytes = new ByteArrayBuilder(256);
    try (JsonGenerator generator = factory(protocol).createGenerator(bytes)) {
      generator.writeStartObject();
      generator.writeStringField("__type", type);
      generator.writeStringField("message", message);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private JsonFactory factory(AwsProtocol protocol) {
    return protocol == AwsProtocol.CBOR ? cbor : json;
  }

  private static String name(AwsProtocol protocol) {
    return protocol == AwsProtocol.CBOR ? "CBOR" : "JSON";
  }

  static AwsError malformed(String message) {
    return AwsError.of(MALFORMED, message);
  }
}

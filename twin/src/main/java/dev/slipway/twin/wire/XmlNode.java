package dev.slipway.twin.wire;

import dev.slipway.twin.world.AwsError;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** An element of an XML document: its name, attributes, text and children. */
final class XmlNode {

  private final String name;
  private final Map<String, String> attributes = new HashMap<>();
  private final List<XmlNode> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private XmlNode(String name) {
    this.name = name;
  }

  /**
   * Reads a document, without its type definition and whatever that would fetch or expand.
   *
   * @throws AwsError {@code MalformedXML} when it is none, or too deep or too large
   */
  static XmlNode parse(byte[] body) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      // Decoded here: the JDK's reader writes of bytes that are no text to the standard error.
      String document =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return read(factory.createXMLStreamReader(new StringReader(document)));
    } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
      throw malformed();
    }
  }

  private static XmlNode read(XMLStreamReader reader) throws XMLStreamException {
    Deque<XmlNode> open = new ArrayDeque<>();
    XmlNode root = null;
    int nodes = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          XmlNode node = new XmlNode(reader.getLocalName());
          for (int i = 0; i < reader.getAttributeCount(); i++) {
            node.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
          }
          if (++nodes > WireLimits.NODES || open.size() >= WireLimits.DEPTH) {
            throw malformed();
          }
          if (open.isEmpty()) {
            root = node;
          } else {
            open.peek().children.add(node);
          }
          open.push(node);
        }
        case XMLStreamConstants.END_ELEMENT -> open.pop();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty()) {
            open.peek().text.append(reader.getText());
          }
        }
        case XMLStreamConstants.DTD -> throw malformed();
        default -> {
          // Comments and processing instructions say nothing.
        }
      }
    }
    if (root == null) {
      throw malformed();
    }
    return root;
  }

  private static AwsError malformed() {
    return AwsError.of(
        "MalformedXML",
        "The XML you provided was not well-formed or did not validate against our published schema");
  }

  String name() {
    return name;
  }

  String text() {
    return text.toString();
  }

  /** An attribute's value by its name without a prefix, or null. */
  String attribute(String attribute) {
    return attributes.get(attribute);
  }

  /** The children of a name. */
  List<XmlNode> children(String child) {
    return children.stream().filter(node -> node.name.equals(child)).toList();
  }
}

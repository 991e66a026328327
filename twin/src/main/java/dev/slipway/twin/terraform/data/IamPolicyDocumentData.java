package dev.slipway.twin.terraform.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.twin.terraform.engine.Context;
import dev.slipway.twin.terraform.engine.DataHandler;
import dev.slipway.twin.terraform.value.Attributes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * {@code aws_iam_policy_document}: renders statements as the provider renders them, to the byte:
 * sets sorted from the last to the first, one value without a list, members in the order of the
 * provider's own structure.
 */
final class IamPolicyDocumentData implements DataHandler {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String type() {
    return "aws_iam_policy_document";
  }

  @Override
  public String label() {
    return "IAM Policy Document";
  }

  @Override
  public void read(Context context, Attributes attributes) {
    PolicyDocument document = new PolicyDocument();
    for (String source : sources(attributes, "source_json", "source_policy_documents")) {
      document.addAll(parse(source));
    }
    PolicyDocument own = new PolicyDocument();
    own.setId(attributes.text("policy_id"));
    own.setVersion(attributes.text("version", "2012-10-17"));
    Set<String> sids = new HashSet<>();
    for (Attributes block : attributes.blocks("statement")) {
      String sid = block.text("sid", "");
      if (!sid.isEmpty() && !sids.add(sid)) {
        throw new IllegalArgumentException(
            "duplicate Sid (%s). Remove the Sid or ensure the Sid is unique.".formatted(sid));
      }
      own.add(PolicyStatements.statement(block, own.version()));
    }
    document.merge(own);
    for (String override : sources(attributes, "override_json", "override_policy_documents")) {
      document.merge(parse(override));
    }
    String json = document.pretty();
    if (!attributes.has("version")) {
      attributes.set("version", "2012-10-17");
    }
    attributes
        .set("json", json)
        .set("minified_json", document.minified())
        .set("id", String.valueOf(checksum(json)));
    attributes.setBlocks(
        "statement",
        attributes.blocks("statement").stream().map(IamPolicyDocumentData::withDefaults).toList());
  }

  private static Attributes withDefaults(Attributes block) {
    Attributes filled = block.copy();
    if (!filled.has("effect")) {
      filled.set("effect", "Allow");
    }
    return filled
        .setText("sid", filled.text("sid"))
        .setTexts("actions", filled.texts("actions"))
        .setTexts("not_actions", filled.texts("not_actions"))
        .setTexts("resources", filled.texts("resources"))
        .setTexts("not_resources", filled.texts("not_resources"));
  }

  private static List<String> sources(Attributes attributes, String one, String many) {
    List<String> sources = new ArrayList<>();
    if (attributes.has(one)) {
      sources.add(attributes.text(one));
    }
    attributes.texts(many).stream().filter(text -> !text.isEmpty()).forEach(sources::add);
    return sources;
  }

  private static PolicyDocument parse(String text) {
    try {
      return PolicyDocument.parse(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("invalid policy document: " + e.getOriginalMessage(), e);
    }
  }

  private static long checksum(String text) {
    CRC32 checksum = new CRC32();
    checksum.update(text.getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}

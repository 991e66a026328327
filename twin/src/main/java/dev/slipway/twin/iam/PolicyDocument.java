package dev.slipway.twin.iam;

import java.util.List;
import java.util.Map;

/**
 * A policy document. Source: IAM user guide, reference_policies_elements.
 *
 * @param statements in the document's order
 */
record PolicyDocument(List<Statement> statements) {

  /**
   * One statement. Of each pair of an element and its negation only one is set; in identity
   * policies both principal lists are empty.
   *
   * @param sid its id, or empty
   * @param allow whether it allows; else it denies
   * @param principals by kind: {@code AWS}, {@code Service}, {@code Federated}, {@code *}
   * @param actions patterns such as {@code ecr:Get*}
   * @param notActions patterns of what it does not cover
   * @param resources ARN patterns
   * @param notResources ARN patterns of what it does not cover
   * @param conditions by operator, then by key
   */
  record Statement(
      String sid,
      boolean allow,
      Map<String, List<String>> principals,
      List<String> actions,
      List<String> notActions,
      List<String> resources,
      List<String> notResources,
      Map<String, Map<String, List<String>>> conditions) {}
}

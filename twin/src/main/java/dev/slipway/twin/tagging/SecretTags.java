package dev.slipway.twin.tagging;

import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** Secrets Manager's secrets. */
record SecretTags(Questions questions) implements TaggedResources {

  @Override
  public Stream<Tagged> resources() {
    return questions
        .all(
            token -> ListSecretsRequest.builder().nextToken(token).build(),
            ListSecretsResponse.class,
            ListSecretsResponse::secretList,
            ListSecretsResponse::nextToken)
        .stream()
        .map(secret ->
            new Tagged(secret.arn(), Questions.byKey(secret.tags(), Tag::key, Tag::value)));
  }
}

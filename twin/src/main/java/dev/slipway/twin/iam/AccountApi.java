package dev.slipway.twin.iam;

import java.util.List;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** The account itself. */
final class AccountApi {

  public ListAccountAliasesResponse aliases(ListAccountAliasesRequest request) {
    return ListAccountAliasesResponse.builder()
        .accountAliases(List.of())
        .isTruncated(false)
        .build();
  }
}

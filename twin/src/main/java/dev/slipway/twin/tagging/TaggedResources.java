package dev.slipway.twin.tagging;

import java.util.Map;
import java.util.stream.Stream;

/** A service's tagged resources. Asked under the world's lock. */
@FunctionalInterface
public interface TaggedResources {

  /** A resource and its tags. */
  record Tagged(String arn, Map<String, String> tags) {

    /** Tags can no longer be changed here. */
    public Tagged {
      tags = Map.copyOf(tags);
    }
  }

  /** The resources that there are; those without tags may be among them. */
  Stream<Tagged> resources();
}

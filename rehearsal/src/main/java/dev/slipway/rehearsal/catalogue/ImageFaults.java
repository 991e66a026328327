package dev.slipway.rehearsal.catalogue;

import dev.slipway.rehearsal.fault.Fault;
import dev.slipway.rehearsal.fault.Layer;
import dev.slipway.validation.check.Severity;
import java.util.List;

/** Faults of the image and its registry. */
final class ImageFaults {

  static final List<Fault> ALL =
      List.of(
          Fault.of("img-tag-not-in-registry", Layer.IMG, Severity.CRITICAL)
              .wrong("The task definition names a tag that was never pushed")
              .make(stage -> stage.release().image(stage.its().repository() + ":never-pushed"))
              .seenBy("image", "rollout")
              .named("img-tag-not-in-registry")
              .build(),
          Fault.of("img-wrong-arch", Layer.IMG, Severity.CRITICAL)
              .wrong("The image was built for another processor than the task definition asks for")
              .make(stage ->
                  stage
                      .release()
                      .architecture(stage.its().architecture().equals("arm64") ? "amd64" : "arm64"))
              .seenBy("rollout", "tasks")
              .named("img-wrong-arch")
              .build());

  private ImageFaults() {}
}

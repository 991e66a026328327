package dev.slipway.validation.diagnose;

import dev.slipway.validation.observe.ImageName;
import java.util.List;

/** Failed pulls of one image: those whose words name it, or no image of the task definition. */
record Pulls(Starts starts, ImageName image, List<ImageName> all) {

  List<String> evidence(StopReason... reasons) {
    return starts.evidence(reasons).stream().filter(this::concerns).toList();
  }

  private boolean concerns(String line) {
    return line.contains(image.repository())
        || all.stream().map(ImageName::repository).noneMatch(line::contains);
  }
}

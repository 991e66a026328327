package dev.slipway.rehearsal.stage;

import dev.slipway.twin.TwinAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Terraform roots that a world was made from, the one with the service first, and in the order
 * in which they are destroyed.
 *
 * @param all at least one
 * @param takesImage whether the first takes the image's digest and the revision as variables, so
 *     that Terraform itself deploys
 */
record Roots(List<Terraform> all, boolean takesImage) {

  /** The same for another account, which is a copy. */
  Roots forked(TwinAccount other, Path work) throws IOException {
    List<Terraform> forks = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      forks.add(all.get(i).forked(other, work.resolve("tf-" + other.id() + "-" + i)));
    }
    return new Roots(List.copyOf(forks), takesImage);
  }

  /** Destroys all of them. */
  void destroy(Map<String, String> variables) throws IOException, InterruptedException {
    for (int i = 0; i < all.size(); i++) {
      all.get(i).destroy(i == 0 && takesImage ? variables : Map.of());
    }
  }
}

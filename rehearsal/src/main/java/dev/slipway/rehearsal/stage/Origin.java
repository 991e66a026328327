package dev.slipway.rehearsal.stage;

import dev.slipway.twin.TwinAccount;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Wanted;
import java.nio.file.Path;
import java.util.List;

/** What the healthy world is made from. */
public sealed interface Origin permits OwnStack, ForeignStack {

  /**
   * The region that it is made in.
   *
   * @param work a directory of one's own
   */
  String region(Path work) throws Exception;

  /** Brings it up, and does not wait for it. */
  Brought bringUp(Materials with) throws Exception;

  /** What it is brought up with. */
  record Materials(TwinAccount account, Aws aws, Images images, WorldTime time, Path work) {}

  /**
   * What was brought up.
   *
   * @param wanted the service, and what a pipeline would ask the verifier for
   * @param roots what Terraform made it from
   * @param notes what was done that its own pipeline would not do
   */
  record Brought(Wanted wanted, Roots roots, List<String> notes) {}
}

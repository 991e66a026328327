package dev.slipway.twin.emulators;

import java.util.List;

/**
 * A row of the table.
 *
 * @param name the case
 * @param aws what AWS does, in short
 * @param peers what Floci, MiniStack, LocalEmu and moto did: {@code =} as AWS, {@code x} otherwise,
 *     {@code -} not run
 * @param expected texts that must be among what the twin did
 * @param run does it on the twin and tells what was seen, with ids left out
 */
record Row(String name, String aws, String peers, List<String> expected, Run run) {

  /** Does a case in an account of its own. */
  interface Run {
    List<String> in(Account account);
  }
}

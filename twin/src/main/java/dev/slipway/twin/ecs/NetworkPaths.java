package dev.slipway.twin.ecs;

import dev.slipway.topology.Network;
import dev.slipway.topology.Place;
import dev.slipway.topology.Verdict;

/** Answers whether one place reaches another; the topology's own judgement but in unit tests. */
@FunctionalInterface
interface NetworkPaths {

  Verdict check(Network network, Place from, Place to, int port);
}

package dev.slipway.twin.ecs;

/** What a task waits for, finer than the states of the API. */
enum Step {
  /** For its network interface. */
  PROVISION,
  /** For the platform to take it up and check what it needs. */
  PREPARE,
  /** For a start that is bound to fail to run into its time-out. */
  FAIL,
  /** For its images. */
  PULL,
  /** For its containers to be created. */
  START,
  /** For its processes to run, or for the time-out of three minutes. */
  STARTING,
  /** For the registration with several target groups. */
  ACTIVATE,
  /** For nothing: it runs. */
  RUN,
  /** For the scheduler to take it out of its target groups. */
  DEREGISTER,
  /** For the connections of its targets to end. */
  DRAIN,
  /** For its containers to end after SIGTERM. */
  STOP,
  /** For its network interface to go. */
  DEPROVISION,
  /** To be forgotten. */
  STOPPED
}

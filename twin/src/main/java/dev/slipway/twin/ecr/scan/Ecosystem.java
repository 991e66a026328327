package dev.slipway.twin.ecr.scan;

import java.util.Comparator;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Who numbers the versions of a piece of software. */
public enum Ecosystem {
  /** Packages of Debian and Ubuntu. */
  DEBIAN("OS", new DebianVersions()),
  /** Packages of Alpine. */
  ALPINE("OS", new AlpineVersions()),
  /** Java archives built with Maven. */
  MAVEN("JAR", Comparator.comparing(ComparableVersion::new));

  private final String manager;
  private final Comparator<String> versions;

  Ecosystem(String manager, Comparator<String> versions) {
    this.manager = manager;
    this.versions = versions;
  }

  /** Whether the operating system installed it. Basic scanning looks at nothing else. */
  public boolean isOperatingSystem() {
    return this != MAVEN;
  }

  /** The package manager as Amazon Inspector names it. Source: the Inspector API model. */
  public String manager() {
    return manager;
  }

  /** Whether one version comes before another. */
  boolean isBefore(String version, String other) {
    return versions.compare(version, other) < 0;
  }
}

package dev.slipway.app;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, from which commit, and when; fixed in the artefact, out of reach of the
 * environment.
 *
 * @param version the version of the project
 * @param revision the git revision that was built
 * @param buildTime ISO-8601 instant, the time of the commit when the pipeline builds
 */
public record BuildInfo(String version, String revision, String buildTime) {

  private static final String RESOURCE = "/build.properties";

  /** Reads what Maven wrote into the artefact. */
  static BuildInfo load() {
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      var properties = new Properties();
      properties.load(in);
      return new BuildInfo(
          properties.getProperty("version"),
          properties.getProperty("revision"),
          properties.getProperty("buildTime"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
  }

  /** Makes the one instance available for injection. */
  static final class Producer {

    @Produces
    @Singleton
    BuildInfo buildInfo() {
      return load();
    }
  }
}

package dev.slipway.validation.check;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every cause that the verifier can name, from {@code causes.json}. A cause that is not in it
 * cannot be named.
 */
public final class CauseCatalogue {

  private static final Map<String, KnownCause> CAUSES = read();

  private CauseCatalogue() {}

  /** All of them, by id. */
  public static Collection<KnownCause> all() {
    return CAUSES.values();
  }

  /**
   * A cause by its id.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static KnownCause of(String id) {
    KnownCause known = CAUSES.get(id);
    if (known == null) {
      throw new IllegalArgumentException("no cause " + id + " in causes.json");
    }
    return known;
  }

  private static Map<String, KnownCause> read() {
    JsonMapper json =
        JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
    Map<String, KnownCause> causes = new TreeMap<>();
    try (InputStream in = CauseCatalogue.class.getResourceAsStream("causes.json")) {
      List<KnownCause> all = json.readValue(in, new TypeReference<>() {});
      all.forEach(c -> causes.put(c.id(), c));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Collections.unmodifiableMap(causes);
  }
}

package dev.slipway.rehearsal.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the program in an image does, told step by step. Without any step it listens on its
 * container's port at once, is healthy, answers every path with its revision, and ends at SIGTERM
 * when its requests are answered. Times are seconds. What the words mean: docs/adr/0005. Values;
 * every step answers a new one.
 */
public final class Program {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BODY = "{\"service\": \"app\", \"revision\": \"${REVISION}\"}\n";

  private final Map<String, Object> members;
  private final List<Map<String, Object>> answers;

  private Program(Map<String, Object> members, List<Map<String, Object>> answers) {
    this.members = members;
    this.answers = answers;
  }

  /** The healthy program. */
  public static Program healthy() {
    return new Program(Map.of(), List.of())
        .with("stop", Map.of("drain", true, "after", 15, "code", 0))
        .with("log", List.of("started revision ${REVISION}"));
  }

  /** With a member of the behaviour set as it is. */
  public Program with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Program(more, answers);
  }

  /** Answers a path, or all that begin as it does before {@code *}, with a status. */
  public Program answering(String path, int status) {
    return answering(path, Map.of("status", status));
  }

  /** Answers a path in a way. */
  public Program answering(String path, Map<String, Object> how) {
    List<Map<String, Object>> more = new ArrayList<>(answers);
    Map<String, Object> answer = new LinkedHashMap<>(how);
    answer.put("path", path);
    more.add(answer);
    return new Program(members, more);
  }

  /** Listens so many seconds after its start. */
  public Program listeningAfter(double seconds) {
    return with("listenAfter", seconds);
  }

  /** Ends by itself. */
  public Program exiting(double after, int code) {
    return with("exit", Map.of("after", after, "code", code));
  }

  /** Listens on another port, whatever its container's is. */
  public Program onPort(int port) {
    return with("port", port);
  }

  /** Listens on loopback only. */
  public Program onLoopback() {
    return with("bind", "loopback");
  }

  /** Needs environment variables, and ends with 1 without them. */
  public Program requiring(String... variables) {
    return with("requires", List.of(variables));
  }

  /** Loses so many MiB a second. */
  public Program leaking(double mebibytes) {
    return with("leak", mebibytes);
  }

  /** Closes connections that are idle for so many seconds. */
  public Program keepingAlive(double seconds) {
    return with("keepAlive", seconds);
  }

  /** Ends at SIGTERM at once. */
  public Program exitingAtSigterm() {
    return with("stop", Map.of("after", 0, "code", 143));
  }

  /** Does not hear SIGTERM. */
  public Program ignoringSigterm() {
    return with("stop", Map.of("ignore", true));
  }

  /** The behaviour as JSON, as its image carries it. */
  public String json() {
    Map<String, Object> all = new LinkedHashMap<>(members);
    List<Map<String, Object>> told = new ArrayList<>(answers);
    told.add(Map.of("body", BODY));
    all.put("answers", told);
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

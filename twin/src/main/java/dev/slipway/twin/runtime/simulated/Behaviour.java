package dev.slipway.twin.runtime.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;

/**
 * What a container's program does, as JSON in the image's environment variable {@value #VARIABLE}.
 * Every part may be left out: the program of {@code {}} listens on its container ports, answers 200
 * to everything, and ends at SIGTERM with 143. Times are seconds; texts may name environment
 * variables as <code>${NAME}</code>. A program that reads the same variable behaves alike as a
 * process.
 *
 * @param requires environment variables without which it says so and exits with 1
 * @param log lines that it writes when it starts
 * @param port where it listens; 0 for the container's ports
 * @param portFrom an environment variable that overrides the port
 * @param bind {@code any} or {@code loopback}
 * @param listenAfter seconds before it listens
 * @param keepAlive seconds after which it closes an idle connection; 0 for never
 * @param answers what it answers; the first that fits counts
 * @param exit when it ends by itself
 * @param stop what it does at SIGTERM
 * @param leak MiB a second that it loses, until its limit kills it
 * @param check how its health check command ends
 * @param processors how many processors it uses without requests
 * @param work processor seconds that each request costs it
 * @param memory MiB that it holds, beside what it loses
 */
record Behaviour(
    List<String> requires,
    List<String> log,
    int port,
    String portFrom,
    String bind,
    double listenAfter,
    double keepAlive,
    List<Answer> answers,
    Exit exit,
    Stop stop,
    double leak,
    Check check,
    double processors,
    double work,
    double memory) {

  /** The environment variable that holds it. */
  static final String VARIABLE = "SLIPWAY_BEHAVIOUR";

  private static final JsonMapper JSON = new JsonMapper();

  Behaviour {
    requires = requires == null ? List.of() : List.copyOf(requires);
    log = log == null ? List.of() : List.copyOf(log);
    portFrom = portFrom == null ? "" : portFrom;
    bind = bind == null ? "any" : bind;
    answers = answers == null ? List.of() : List.copyOf(answers);
    if (!bind.equals("any") && !bind.equals("loopback")) {
      throw new IllegalArgumentException("bind is " + bind + "; it must be any or loopback");
    }
  }

  /**
   * An answer.
   *
   * @param path the path that it is for, or its beginning before {@code *}; all when left out
   * @param hostIsAddress only for requests whose Host is an IP address
   * @param from seconds after listening from which it counts
   * @param until seconds after listening to which it counts; 0 for ever
   * @param status its code; 0 for 200
   * @param headers its headers
   * @param body its body
   * @param delay seconds before it is given
   * @param hang whether it is never given
   * @param reset whether the connection is broken off instead
   */
  record Answer(
      String path,
      boolean hostIsAddress,
      double from,
      double until,
      int status,
      Map<String, String> headers,
      String body,
      double delay,
      boolean hang,
      boolean reset) {

    /** What is answered when nothing else is said. */
    static final Answer OK = new Answer("*", false, 0, 0, 200, null, "ok\n", 0, false, false);

    Answer {
      path = path == null ? "*" : path;
      status = status == 0 ? 200 : status;
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      body = body == null ? "" : body;
    }

    boolean fits(String requested, boolean address, double seconds) {
      boolean inTime = seconds >= from && (until == 0 || seconds < until);
      boolean samePath =
          path.endsWith("*")
              ? requested.startsWith(path.substring(0, path.length() - 1))
              : requested.equals(path);
      return inTime && samePath && (address || !hostIsAddress);
    }
  }

  /** Ends by itself after seconds with a code. */
  record Exit(double after, int code) {}

  /**
   * What SIGTERM does.
   *
   * @param ignore nothing
   * @param drain it stops listening, and ends when its last request is answered
   * @param after seconds before it ends
   * @param code its exit code
   */
  record Stop(boolean ignore, boolean drain, double after, int code) {}

  /**
   * How the health check command ends.
   *
   * @param from seconds after the start from which it ends with the code; with 0 before
   * @param until seconds after the start to which it does; 0 for ever
   * @param code the code
   */
  record Check(double from, double until, int code) {
    int at(double seconds) {
      return seconds >= from && (until == 0 || seconds < until) ? code : 0;
    }
  }

  /**
   * Reads a behaviour.
   *
   * @throws IllegalArgumentException when the text is none
   */
  static Behaviour parse(String json) {
    try {
      return JSON.readValue(json, Behaviour.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(VARIABLE + ": " + e.getOriginalMessage(), e);
    }
  }

  /** What is answered to a request. */
  Answer answer(String path, boolean hostIsAddress, double secondsListening) {
    return answers.stream()
        .filter(a -> a.fits(path, hostIsAddress, secondsListening))
        .findFirst()
        .orElse(Answer.OK);
  }
}

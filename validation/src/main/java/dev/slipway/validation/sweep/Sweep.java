package dev.slipway.validation.sweep;

import dev.slipway.validation.observe.Ask;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Gap;
import dev.slipway.validation.observe.Trouble;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

/** Looks over an account and region for what is left. */
public final class Sweep {

  /** Everything that is looked for, in this order. */
  private static final List<Kind> KINDS =
      Stream.of(ServiceKinds.ALL, NetworkKinds.ALL, StoreKinds.ALL).flatMap(List::stream).toList();

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Aws aws;
  private final InstantSource time;
  private final Waiter waiter;

  /** A sweep of the account and region of these clients. */
  public Sweep(Aws aws, InstantSource time, Waiter waiter) {
    this.aws = aws;
    this.time = time;
    this.waiter = waiter;
  }

  /** The names of all kinds. */
  public static List<String> types() {
    return KINDS.stream().map(Kind::type).toList();
  }

  /**
   * Looks, and looks again while all that is left is going away by itself.
   *
   * @param ignored kinds not to look for
   * @param tags only what carries all of these, as {@code key=value}; empty for everything
   * @param patience how long to wait for what is going away
   * @throws Unanswered when AWS could not be asked
   * @throws InterruptedException when interrupted
   */
  public Findings run(Set<String> ignored, List<String> tags, Duration patience)
      throws Unanswered, InterruptedException {
    Instant until = time.instant().plus(patience);
    while (true) {
      Findings findings = look(ignored, tags);
      boolean going =
          !findings.found().isEmpty() && findings.found().stream().allMatch(Leftover::passing);
      if (!going || !time.instant().isBefore(until)) {
        return findings;
      }
      waiter.pause(INTERVAL);
    }
  }

  private Findings look(Set<String> ignored, List<String> tags) throws Unanswered {
    Ask ask = new Ask();
    List<Kind> kinds = KINDS.stream().filter(k -> !ignored.contains(k.type())).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var searches =
          kinds.stream()
              .map(k ->
                  threads.submit(() ->
                      ask.optional(k.action(), List.<Leftover>of(), () -> k.search().in(aws))))
              .toList();
      List<Leftover> found = new ArrayList<>();
      for (var search : searches) {
        found.addAll(search.get());
      }
      return new Findings(
          aws.region(),
          kinds.stream().map(Kind::type).toList(),
          tags.isEmpty() ? List.copyOf(found) : tagged(found, tags),
          ask.gaps().values().stream().map(Gap::sentence).sorted().toList());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Ask.PollFailed failed) {
        throw failed.unanswered();
      }
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** What the tagging service says carries the tags. What cannot carry any is left out. */
  private List<Leftover> tagged(List<Leftover> found, List<String> tags) throws Unanswered {
    Set<String> arns;
    try {
      arns = arns(tags);
    } catch (SdkException e) {
      throw new Unanswered(Trouble.of(e), "tag:GetResources", e.getMessage(), e);
    }
    return found.stream()
        .filter(f ->
            arns.contains(f.id())
                || arns.stream()
                    .anyMatch(a -> a.endsWith("/" + f.id()) || a.endsWith(":" + f.id())))
        .toList();
  }

  private Set<String> arns(List<String> tags) {
    Set<String> arns = new HashSet<>();
    aws.tagging()
        .getResourcesPaginator(r ->
            r.tagFilters(
                tags.stream()
                    .map(t -> t.split("=", 2))
                    .map(t -> TagFilter.builder().key(t[0]).values(t[1]).build())
                    .toList()))
        .resourceTagMappingList()
        .forEach(m -> arns.add(m.resourceARN()));
    return arns;
  }

  /**
   * What a sweep found.
   *
   * @param region where
   * @param lookedFor the kinds that were looked for
   * @param found what is left
   * @param gaps what could not be looked for
   */
  public record Findings(
      String region, List<String> lookedFor, List<Leftover> found, List<String> gaps) {}
}

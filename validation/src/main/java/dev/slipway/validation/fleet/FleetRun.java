package dev.slipway.validation.fleet;

import dev.slipway.validation.fleet.FleetReport.Entry;
import dev.slipway.validation.observe.Arns;
import dev.slipway.validation.observe.Aws;
import dev.slipway.validation.observe.Bulk;
import dev.slipway.validation.observe.BulkReader;
import dev.slipway.validation.observe.LentAws;
import dev.slipway.validation.observe.Pace;
import dev.slipway.validation.observe.RestAssuredProber;
import dev.slipway.validation.observe.Unanswered;
import dev.slipway.validation.observe.Waiter;
import dev.slipway.validation.observe.Wanted;
import dev.slipway.validation.observe.WrongAddress;
import dev.slipway.validation.report.Messages;
import dev.slipway.validation.report.Progress;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import dev.slipway.validation.settings.Order;
import dev.slipway.validation.suite.Session;
import dev.slipway.validation.suite.SuiteRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Verifies many services of one account and region. All are read together; one that looks well gets
 * no further calls, one that is odd a verification of its own, a few at a time.
 */
public final class FleetRun {

  private static final int AT_ONCE = 4;

  /** Posture is looked at in all services or in none: a verdict must not hang on a closer look. */
  private static final List<String> SERVES = List.of("!posture");

  private final Aws aws;
  private final Order order;
  private final String endpoint;
  private final FleetProgress progress;
  private final InstantSource time = InstantSource.system();
  private final Semaphore places = new Semaphore(AT_ONCE);

  /**
   * A run.
   *
   * @param aws the clients; they stay open
   * @param order several services, or a whole cluster
   * @param endpoint what answers in AWS's place, for messages; empty for AWS
   */
  public FleetRun(Aws aws, Order order, String endpoint, FleetProgress progress) {
    this.aws = aws;
    this.order = order;
    this.endpoint = endpoint;
    this.progress = progress;
  }

  /**
   * Verifies them all.
   *
   * @throws Unanswered when AWS cannot be asked for services at all
   * @throws WrongAddress when there is no such cluster
   */
  public FleetReport run() throws Unanswered, WrongAddress {
    Instant begun = time.instant();
    BulkReader reader =
        new BulkReader(
            aws, new RestAssuredProber(), Pace.NORMAL, time, Waiter.REAL, order.limits().timeout());
    List<Order.Item> items = items(reader);
    Bulk bulk = reader.read(items.stream().map(Order.Item::wanted).toList());
    long bulkCalls = aws.sent();
    Duration took = Duration.between(begun, time.instant());
    BulkJudge judge = new BulkJudge(bulk, aws.time().instant());
    List<CompletableFuture<Entry>> entries = new ArrayList<>();
    int closer = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Order.Item item : items) {
        WrongAddress absent = bulk.absent().get(item.wanted());
        if (absent != null) {
          entries.add(CompletableFuture.completedFuture(absent(item.wanted(), absent)));
          continue;
        }
        BulkJudge.Finding finding = judge.judge(item.wanted(), item.choices(), took);
        Optional<String> odd = order.thorough() ? Optional.of("all were asked for") : finding.odd();
        if (odd.isEmpty()) {
          entries.add(
              CompletableFuture.completedFuture(
                  entry(item.wanted(), finding.report(), Optional.empty())));
        } else {
          closer++;
          entries.add(CompletableFuture.supplyAsync(() -> alone(item, odd.get()), threads));
        }
      }
      progress.say(
          "%d services read with %d calls; %d are looked at more closely"
              .formatted(items.size(), bulkCalls, closer));
      return new FleetReport(
          entries.stream().map(CompletableFuture::join).toList(),
          BulkJudge.NOT_CHECKED,
          aws.sent(),
          bulkCalls,
          begun,
          Duration.between(begun, time.instant()));
    }
  }

  private List<Order.Item> items(BulkReader reader) throws Unanswered, WrongAddress {
    if (order.whole().isEmpty()) {
      return order.services();
    }
    Order.Item whole = order.whole().get();
    return reader.services(whole.wanted().cluster()).stream()
        .map(name -> new Order.Item(whole.wanted().withService(name), whole.choices()))
        .toList();
  }

  private Entry alone(Order.Item item, String why) {
    places.acquireUninterruptibly();
    Wanted wanted = item.wanted();
    Session session =
        Session.open(
            new LentAws(aws),
            wanted,
            order.limits(),
            item.choices(),
            Progress.SILENT,
            order.extras());
    try {
      Report report;
      try {
        SuiteRun.run(session, order.thorough() ? order.tags() : SERVES, null);
        report = session.verification().report();
      } catch (Unanswered e) {
        report = session.verification().report(Messages.unanswered(e, endpoint).what());
      }
      progress.say(
          "%s: %s%s"
              .formatted(
                  Arns.last(wanted.service()),
                  report.verdict(),
                  report.verdict() == Verdict.PASS ? "" : " (" + why + ")"));
      return entry(wanted, report, Optional.of(why));
    } catch (WrongAddress e) {
      return absent(wanted, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      session.close();
      places.release();
    }
  }

  private Entry absent(Wanted wanted, WrongAddress why) {
    return new Entry(
        Arns.last(wanted.cluster()),
        Arns.last(wanted.service()),
        Optional.empty(),
        Optional.of(Messages.wrongAddress(why, wanted, aws.region())),
        Optional.empty());
  }

  private static Entry entry(Wanted wanted, Report report, Optional<String> closer) {
    return new Entry(
        Arns.last(wanted.cluster()),
        report.service().name(),
        Optional.of(report),
        Optional.empty(),
        closer);
  }
}

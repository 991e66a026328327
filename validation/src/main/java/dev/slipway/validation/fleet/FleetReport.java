package dev.slipway.validation.fleet;

import dev.slipway.validation.report.Message;
import dev.slipway.validation.report.Report;
import dev.slipway.validation.report.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was found out of many services.
 *
 * @param entries the services, in the order in which they were named
 * @param notChecked what was left out where a service was only read together with the others
 * @param calls how many requests were sent to AWS
 * @param bulkCalls how many of them to read all services together
 * @param observedAt when it began, by this machine's clock
 * @param took how long it took
 */
public record FleetReport(
    List<Entry> entries,
    List<String> notChecked,
    long calls,
    long bulkCalls,
    Instant observedAt,
    Duration took) {

  /**
   * One service.
   *
   * @param cluster the cluster's name
   * @param name the service's name
   * @param report what was found out; absent when there is no such service
   * @param message why there is no report
   * @param closer why it was looked at by itself; absent when it was not
   */
  public record Entry(
      String cluster,
      String name,
      Optional<Report> report,
      Optional<Message> message,
      Optional<String> closer) {

    /** The verdict; a service that does not exist does not pass. */
    public Verdict verdict() {
      return report.map(Report::verdict).orElse(Verdict.FAIL);
    }
  }

  /** The worst verdict of all. */
  public Verdict verdict() {
    if (count(Verdict.FAIL) > 0) {
      return Verdict.FAIL;
    }
    return count(Verdict.UNKNOWN) > 0 || entries.isEmpty() ? Verdict.UNKNOWN : Verdict.PASS;
  }

  /** How many services have a verdict. */
  public long count(Verdict verdict) {
    return entries.stream().filter(e -> e.verdict() == verdict).count();
  }

  /** How many services do not exist. */
  public long absent() {
    return entries.stream().filter(e -> e.report().isEmpty()).count();
  }

  /** How many services were looked at by themselves. */
  public long closer() {
    return entries.stream().filter(e -> e.closer().isPresent()).count();
  }

  /** Whether all that failed is that services do not exist. */
  public boolean onlyAbsent() {
    return absent() > 0 && absent() == count(Verdict.FAIL);
  }
}

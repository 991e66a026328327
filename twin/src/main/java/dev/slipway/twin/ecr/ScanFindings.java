package dev.slipway.twin.ecr;

import dev.slipway.twin.ecr.scan.Inventory.Finding;
import dev.slipway.twin.ecr.scan.Software;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.ecr.model.Attribute;
import software.amazon.awssdk.services.ecr.model.EnhancedImageScanFinding;
import software.amazon.awssdk.services.ecr.model.FindingSeverity;
import software.amazon.awssdk.services.ecr.model.ImageScanFinding;

/** Findings in the words of the API. */
final class ScanFindings {

  private static final List<String> WORST_FIRST =
      List.of("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFORMATIONAL", "UNDEFINED");

  private ScanFindings() {}

  /** How many there are of each severity. */
  static Map<String, Integer> counts(List<Finding> findings) {
    Map<String, Integer> counts = new TreeMap<>();
    findings.forEach(f -> counts.merge(f.advisory().severity(), 1, Integer::sum));
    return counts;
  }

  static List<Finding> worstFirst(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparingInt((Finding f) -> WORST_FIRST.indexOf(f.advisory().severity()))
                .thenComparing(f -> f.advisory().cve())
                .thenComparing(f -> f.software().name()))
        .toList();
  }

  static ImageScanFinding basic(Finding finding) {
    return ImageScanFinding.builder()
        .name(finding.advisory().cve())
        .description(finding.advisory().description())
        .severity(FindingSeverity.fromValue(finding.advisory().severity()))
        .attributes(
            attribute("package_name", finding.software().name()),
            attribute("package_version", finding.software().version()))
        .build();
  }

  static EnhancedImageScanFinding enhanced(Finding finding, String account, String image) {
    Software software = finding.software();
    String fixedIn = finding.advisory().fixedIn();
    String cve = finding.advisory().cve();
    return EnhancedImageScanFinding.builder()
        .awsAccountId(account)
        .title(cve + " - " + software.name())
        .description(finding.advisory().description())
        .severity(finding.advisory().severity())
        .status("ACTIVE")
        .type("PACKAGE_VULNERABILITY")
        .fixAvailable(fixedIn.isEmpty() ? "NO" : "YES")
        .packageVulnerabilityDetails(d ->
            d.vulnerabilityId(cve)
                .vulnerablePackages(p ->
                    p.name(software.name())
                        .version(software.version())
                        .packageManager(software.ecosystem().manager())
                        .filePath(software.file())
                        .fixedInVersion(fixedIn.isEmpty() ? null : fixedIn)))
        .resources(r -> r.id(image).type("AWS_ECR_CONTAINER_IMAGE"))
        .build();
  }

  private static Attribute attribute(String key, String value) {
    return Attribute.builder().key(key).value(value).build();
  }
}

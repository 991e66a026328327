package dev.slipway.twin.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.twin.ecr.scan.LayerFiles;
import dev.slipway.twin.world.AwsError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.BatchGetRepositoryScanningConfigurationResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeImagesResponse;
import software.amazon.awssdk.services.ecr.model.PutImageScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.PutRegistryScanningConfigurationRequest;
import software.amazon.awssdk.services.ecr.model.RegistryScanningRule;
import software.amazon.awssdk.services.ecr.model.ScanFrequency;
import software.amazon.awssdk.services.ecr.model.ScanStatus;
import software.amazon.awssdk.services.ecr.model.ScanType;
import software.amazon.awssdk.services.ecr.model.StartImageScanRequest;

class ImageScanTest {

  private static final String ADVISORIES =
      """
      [{"cve": "CVE-2024-0001", "package": "openssl", "fixedIn": "3.0.11-1", "severity": "critical",
        "description": "too short a check"},
       {"cve": "CVE-2024-0002", "package": "libssl3", "fixedIn": "3.0.9-1", "severity": "HIGH"},
       {"cve": "CVE-2024-0003", "package": "libssl3", "severity": "LOW"},
       {"cve": "CVE-2021-44228", "package": "org.apache.logging.log4j:log4j-core",
        "fixedIn": "2.15.0", "severity": "CRITICAL", "ecosystem": "maven"}]
      """;

  @TempDir Path directory;
  private RegistryServer server;

  @BeforeEach
  void start() {
    server = new RegistryServer(directory);
    server.createRepository("app");
    server.advisories.load(server.clock.instant(), ADVISORIES);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void findsWhatIsKnownOfTheSystemsPackagesWhenAnImageIsPushed() {
    scanOnPush();
    server.pushImage("app", "a", "amd64", debian());
    assertThat(findings().imageScanStatus().status()).isEqualTo(ScanStatus.IN_PROGRESS);
    server.clock.advance(Duration.ofMinutes(1));

    DescribeImageScanFindingsResponse found = findings();
    assertThat(found.imageScanStatus().status()).isEqualTo(ScanStatus.COMPLETE);
    assertThat(found.imageScanFindings().findings())
        .extracting(f -> f.name(), f -> f.severityAsString(), f -> f.attributes().get(1).value())
        .containsExactly(
            tuple("CVE-2024-0001", "CRITICAL", "3.0.9-1"),
            tuple("CVE-2024-0003", "LOW", "3.0.9-1"));
    assertThat(found.imageScanFindings().findingSeverityCountsAsStrings())
        .isEqualTo(Map.of("CRITICAL", 1, "LOW", 1));
    assertThat(detail().imageDetails().getFirst().imageScanStatus()).isNull();
  }

  @Test
  void findsWhatWasKnownWhenTheScanEndedAndMoreOnlyInTheNextScan() {
    scanOnPush();
    server.pushImage("app", "a", "amd64", debian());
    server.clock.advance(Duration.ofHours(1));
    server.advisories.load(
        server.clock.instant(),
        """
        [{"cve": "CVE-2025-1", "package": "libssl3", "severity": "MEDIUM"}]
        """);
    assertThat(findings().imageScanFindings().findings()).hasSize(2);

    server.clock.advance(Duration.ofHours(24));
    startScan();
    server.clock.advance(Duration.ofMinutes(1));
    assertThat(findings().imageScanFindings().findings())
        .extracting(f -> f.name())
        .containsExactly("CVE-2025-1");
  }

  @Test
  void goesThroughManyFindingsPageByPage() {
    scanOnPush();
    server.pushImage("app", "a", "amd64", debian());
    server.clock.advance(Duration.ofMinutes(1));
    DescribeImageScanFindingsResponse first = findings(r -> r.maxResults(1));
    DescribeImageScanFindingsResponse second =
        findings(r -> r.maxResults(1).nextToken(first.nextToken()));

    assertThat(first.imageScanFindings().findings().getFirst().name()).isEqualTo("CVE-2024-0001");
    assertThat(second.imageScanFindings().findings().getFirst().name()).isEqualTo("CVE-2024-0003");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void failsOnAnImageWithoutASystemAndRefusesToScanAnIndex() {
    server.pushImage("app", "a", "amd64", "no archive");
    startScan();
    server.clock.advance(Duration.ofMinutes(1));
    assertThat(findings().imageScanStatus().status()).isEqualTo(ScanStatus.FAILED);
    assertThat(findings().imageScanStatus().description())
        .isEqualTo(
            "UnsupportedImageError: The operating system and/or package manager are not"
                + " supported.");
    assertThat(findings().imageScanFindings()).isNull();

    server.pushIndex("app", "a", server.pushImage("app", "", "amd64", "other"));
    assertThatThrownBy(this::startScan)
        .isInstanceOfSatisfying(
            AwsError.class, e -> assertThat(e.code()).isEqualTo("UnsupportedImageTypeException"));
  }

  @Test
  void scansTheRepositoriesThatARuleOfTheRegistryNames() {
    rules(ScanType.BASIC, ScanFrequency.SCAN_ON_PUSH, "ap*");
    server.createRepository("other");
    server.pushImage("app", "a", "amd64", debian());
    server.clock.advance(Duration.ofMinutes(1));

    assertThat(findings().imageScanStatus().status()).isEqualTo(ScanStatus.COMPLETE);
    BatchGetRepositoryScanningConfigurationResponse settings =
        server
            .world
            .operations()
            .call(
                BatchGetRepositoryScanningConfigurationRequest.builder()
                    .repositoryNames("app", "other", "none")
                    .build(),
                BatchGetRepositoryScanningConfigurationResponse.class);
    assertThat(settings.scanningConfigurations())
        .extracting(s -> s.repositoryName(), s -> s.scanFrequencyAsString(), s -> s.scanOnPush())
        .containsExactly(tuple("app", "SCAN_ON_PUSH", true), tuple("other", "MANUAL", false));
    assertThat(settings.failures().getFirst().failureCodeAsString())
        .isEqualTo("REPOSITORY_NOT_FOUND");
  }

  @Test
  void looksIntoJavaArchivesAndGoesOnLookingWhenScanningIsEnhanced() {
    server.pushImage("app", "a", "amd64", debian());
    rules(ScanType.ENHANCED, ScanFrequency.CONTINUOUS_SCAN, "*");
    server.clock.advance(Duration.ofMinutes(1));

    DescribeImageScanFindingsResponse found = findings();
    assertThat(found.imageScanStatus().status()).isEqualTo(ScanStatus.ACTIVE);
    assertThat(found.imageScanFindings().enhancedFindings())
        .extracting(f -> f.packageVulnerabilityDetails().vulnerabilityId())
        .containsExactly("CVE-2021-44228", "CVE-2024-0001", "CVE-2024-0003");
    assertThat(
            found
                .imageScanFindings()
                .enhancedFindings()
                .getFirst()
                .packageVulnerabilityDetails()
                .vulnerablePackages()
                .getFirst()
                .filePath())
        .isEqualTo("app/app.jar!/BOOT-INF/lib/nested.jar");
    assertThat(
            detail()
                .imageDetails()
                .getFirst()
                .imageScanFindingsSummary()
                .findingSeverityCountsAsStrings())
        .containsEntry("CRITICAL", 2);

    server.advisories.load(server.clock.instant(), "[]");
    assertThat(findings().imageScanFindings().enhancedFindings()).isEmpty();
    assertThatThrownBy(this::startScan).hasMessage("This feature is disabled");
  }

  @Test
  void refusesRulesThatTheKindOfScanningDoesNotHave() {
    assertThatThrownBy(() -> rules(ScanType.BASIC, ScanFrequency.CONTINUOUS_SCAN, "*"))
        .hasMessageContaining("SCAN_ON_PUSH and MANUAL, not CONTINUOUS_SCAN");
    assertThatThrownBy(() -> rules(ScanType.ENHANCED, ScanFrequency.SCAN_ON_PUSH, "Not a name"))
        .hasMessageContaining("'Not a name'");
  }

  @Test
  void refusesAdvisoriesThatItDoesNotUnderstand() {
    for (String bad :
        new String[] {
          "{}",
          "nonsense",
          "[{}]",
          "[{\"cve\":\"C\",\"package\":\"p\",\"severity\":\"BAD\"}]",
          "[{\"cve\":\"C\",\"package\":\"p\",\"severity\":\"LOW\",\"fixed_in\":\"1\"}]"
        }) {
      assertThatThrownBy(() -> server.advisories.load(server.clock.instant(), bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static byte[] debian() {
    byte[] log4j = LayerFiles.jar("org.apache.logging.log4j", "log4j-core", "2.14.1", new byte[0]);
    Map<String, byte[]> files = new TreeMap<>();
    files.put("etc/os-release", "ID=debian\n".getBytes());
    files.put(
        "var/lib/dpkg/status",
        "Package: libssl3\nStatus: install ok installed\nSource: openssl\nVersion: 3.0.9-1\n"
            .getBytes());
    files.put("app/app.jar", LayerFiles.jar("org.example", "app", "1.0", log4j));
    return LayerFiles.tarOfBytes(files);
  }

  private void scanOnPush() {
    server
        .world
        .operations()
        .invoke(
            PutImageScanningConfigurationRequest.builder()
                .repositoryName("app")
                .imageScanningConfiguration(c -> c.scanOnPush(true))
                .build());
  }

  private void rules(ScanType type, ScanFrequency frequency, String filter) {
    server
        .world
        .operations()
        .invoke(
            PutRegistryScanningConfigurationRequest.builder()
                .scanType(type)
                .rules(
                    RegistryScanningRule.builder()
                        .scanFrequency(frequency)
                        .repositoryFilters(f -> f.filter(filter).filterType("WILDCARD"))
                        .build())
                .build());
  }

  private void startScan() {
    server
        .world
        .operations()
        .invoke(
            StartImageScanRequest.builder()
                .repositoryName("app")
                .imageId(ImageIds.of(null, "a"))
                .build());
  }

  private DescribeImagesResponse detail() {
    return server
        .world
        .operations()
        .call(
            DescribeImagesRequest.builder().repositoryName("app").build(),
            DescribeImagesResponse.class);
  }

  private DescribeImageScanFindingsResponse findings() {
    return findings(r -> {});
  }

  private DescribeImageScanFindingsResponse findings(
      Consumer<DescribeImageScanFindingsRequest.Builder> more) {
    DescribeImageScanFindingsRequest.Builder ask =
        DescribeImageScanFindingsRequest.builder()
            .repositoryName("app")
            .imageId(ImageIds.of(null, "a"));
    more.accept(ask);
    return server.world.operations().call(ask.build(), DescribeImageScanFindingsResponse.class);
  }
}

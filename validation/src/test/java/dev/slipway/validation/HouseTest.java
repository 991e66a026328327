package dev.slipway.validation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.slipway.validation",
    importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule theVerifierKnowsNothingOfTheTwin =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.slipway.twin..");

  @ArchTest
  static final ArchRule observingKnowsNothingOfWhatComesLater =
      noClasses()
          .that()
          .resideInAPackage("..observe..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..check..", "..diagnose..", "..report..", "..suite..", "..sweep..");

  @ArchTest
  static final ArchRule checksKnowNothingOfDiagnosis =
      noClasses()
          .that()
          .resideInAPackage("..check..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..diagnose..", "..report..", "..suite..", "..sweep..");

  @ArchTest
  static final ArchRule diagnosisKnowsNothingOfReports =
      noClasses()
          .that()
          .resideInAPackage("..diagnose..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..report..", "..suite..", "..sweep..");

  @ArchTest
  static final ArchRule onlyOneClassSleeps =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.Waiter")
          .should()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule checksAndDiagnosesAskNobody =
      noClasses()
          .that()
          .resideInAnyPackage("..check..", "..diagnose..", "..report..")
          .should()
          .dependOnClassesThat()
          .haveSimpleNameEndingWith("Client");
}

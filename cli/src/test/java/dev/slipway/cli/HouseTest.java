package dev.slipway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may depend on whom, between the modules and inside the twin. */
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
class HouseTest {

  @ArchTest
  static final ArchRule theVerifierNeverKnowsTheTwin =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.validation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.slipway.twin..", "dev.slipway.rehearsal..", "dev.slipway.cli..");

  @ArchTest
  static final ArchRule theTwinKnowsNoVerifier =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.twin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.slipway.validation..", "dev.slipway.rehearsal..", "dev.slipway.cli..");

  @ArchTest
  static final ArchRule topologyKnowsOnlyTheModelOfAws =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.topology..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.slipway.twin..", "dev.slipway.validation..", "dev.slipway.cli..", "io.vertx..");

  @ArchTest
  static final ArchRule theWorldStandsOnNothing =
      noClasses()
          .that()
          .resideInAPackage("dev.slipway.twin.world..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.slipway.twin.ec2..",
              "dev.slipway.twin.ecs..",
              "dev.slipway.twin.ecr..",
              "dev.slipway.twin.elbv2..",
              "dev.slipway.twin.iam..",
              "dev.slipway.twin.logs..",
              "dev.slipway.twin.wire..",
              "dev.slipway.twin.terraform..",
              "dev.slipway.twin.runtime..",
              "dev.slipway.twin.balancer..");

  @ArchTest
  static final ArchRule theWireAndTerraformActThroughOperationsOnly =
      noClasses()
          .that()
          .resideInAnyPackage("dev.slipway.twin.wire..", "dev.slipway.twin.terraform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.slipway.twin.ec2..",
              "dev.slipway.twin.ecs..",
              "dev.slipway.twin.ecr..",
              "dev.slipway.twin.elbv2..",
              "dev.slipway.twin.iam..",
              "dev.slipway.twin.logs..",
              "dev.slipway.twin.runtime..",
              "dev.slipway.twin.balancer..");

  @ArchTest
  static final ArchRule servicesMeetAtPortsAndOperations =
      noClasses()
          .that()
          .resideInAnyPackage("dev.slipway.twin.ecs..", "dev.slipway.twin.elbv2..")
          .should()
          .dependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are other services' insides",
                  type ->
                      !type.isInterface()
                          && !type.isNestedClass()
                          && (type.getPackageName().startsWith("dev.slipway.twin.ec2")
                              || type.getPackageName().startsWith("dev.slipway.twin.ecr")
                              || type.getPackageName().startsWith("dev.slipway.twin.iam")
                              || type.getPackageName().startsWith("dev.slipway.twin.logs")
                              || type.getPackageName().startsWith("dev.slipway.twin.runtime"))));
}

package io.streamgauge.deploy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;

@AnalyzeClasses(packages = "io.streamgauge", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String US = "io.streamgauge.";

  @ArchTest
  static final ArchRule AGENT_AND_CONTROLLER_MEET_ONLY_IN_DEPLOY =
      noClasses()
          .that()
          .resideInAPackage(US + "agent..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(US + "controller..");

  @ArchTest
  static final ArchRule CONTROLLER_DOES_NOT_KNOW_AGENTS =
      noClasses()
          .that()
          .resideInAPackage(US + "controller..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(US + "agent..");

  @ArchTest
  static final ArchRule COMMON_KNOWS_NOBODY_OF_OURS =
      noClasses()
          .that()
          .resideInAPackage(US + "common..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(US + "agent..", US + "controller..", US + "deploy..");

  @ArchTest
  static final ArchRule PACKAGES_OF_COMMON_HAVE_NO_CYCLES =
      slices().matching(US + "common.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_CONTROLLER_HAVE_NO_CYCLES =
      slices().matching(US + "controller.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule PACKAGES_OF_THE_AGENT_HAVE_NO_CYCLES =
      slices().matching(US + "agent.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ARITHMETIC_DOES_NOT_KNOW_VERTX =
      noClasses()
          .that()
          .resideInAnyPackage(
              US + "common.json..",
              US + "common.measure..",
              US + "common.histogram..",
              US + "common.plan..",
              US + "common.dataset..",
              US + "agent.stream..",
              US + "controller.compare..",
              US + "controller.stats..",
              US + "controller.engine..",
              US + "controller.gpu..",
              US + "controller.result..",
              US + "controller.report..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static void lanesNeverWaitAndNeverReadTheWallClock(JavaClasses all) {
    String[] lanes = {US + "agent.load..", US + "agent.client..", US + "agent.stream.."};
    noClasses()
        .that()
        .resideInAnyPackage(lanes)
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(
            com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                com.tngtech.archunit.core.domain.properties.HasName.Predicates.name("await")))
        .check(all);
  }

  @ArchTest
  static final ArchRule NO_INTERNALS_OF_VERTX_BUT_WHERE_SOCKETS_ARE_READ_AND_WRITTEN_ON_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.streamgauge.agent.client.wire..")
          .and()
          .doNotHaveFullyQualifiedName("io.streamgauge.agent.sim.SocketWrites")
          .and()
          .doNotHaveFullyQualifiedName("io.streamgauge.agent.sim.Timetable")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..");

  @ArchTest
  static final ArchRule NO_JSON_OBJECTS_AND_NO_OLD_VERTICLES =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.core.json.JsonObject")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.vertx.core.AbstractVerticle");

  /** And that package's classes that know them are loaded where somebody asks for it only. */
  @ArchTest
  static final ArchRule OPENTELEMETRY_IS_KNOWN_WHERE_A_COLLECTOR_IS_TOLD_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage(US + "controller.telemetry..")
          .or()
          .haveNameMatching(".*\\.telemetry\\.(Collector|TelemetryOptions)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule MESSAGES_ARE_RECORDS =
      classes()
          .that()
          .implement(io.streamgauge.common.message.Message.class)
          .and()
          .areNotInterfaces()
          .should()
          .beRecords()
          .andShould()
          .notBeAssignableTo(Serializable.class);
}

package org.deconvnet.spark;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The road of the Spark library: a package imports only from its left, and loops have one home. */
class ArchitectureTest {
  private static final String ROOT = "org.deconvnet.spark.";
  private static final List<String> ROAD =
      List.of(
          "columns",
          "corpus",
          "checkpoint",
          "exec",
          "ml",
          "config",
          "store",
          "evaluate",
          "page",
          "run");

  private static final JavaClasses SPARK =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.deconvnet.spark");

  @Test
  void packagesImportOnlyFromTheirLeft() {
    for (int i = 0; i < ROAD.size() - 1; i++) {
      String[] right =
          ROAD.subList(i + 1, ROAD.size()).stream()
              .map(name -> ROOT + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(ROOT + ROAD.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(right)
          .check(SPARK);
    }
  }

  @Test
  void everyPackageIsOnTheRoad() {
    assertThat(SPARK.stream().map(JavaClass::getPackageName).distinct())
        .containsExactlyInAnyOrderElementsOf(ROAD.stream().map(name -> ROOT + name).toList());
  }

  @Test
  void everyLoopOverPartitionsIsInExec() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "exec..")
        .should()
        .callMethodWhere(
            target(nameMatching("mapPartitions.*|foreachPartition|treeReduce|treeAggregate"))
                .and(target(owner(resideInAnyPackage("org.apache.spark..")))))
        .because("a loop over distributed data is written once, in exec")
        .check(SPARK);
  }

  @Test
  void loopsAndCheckpointsKnowNoFamily() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "checkpoint..", ROOT + "columns..", ROOT + "corpus..")
        .or()
        .haveNameMatching(".*\\.exec\\.(Layer\\w+|SparkBatch|StoredImageFiles|BatchLayout)")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.deconvnet.network.adaptive..", "org.deconvnet.network.deconvolutional..")
        .check(SPARK);
  }
}

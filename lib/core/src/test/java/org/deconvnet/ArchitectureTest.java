package org.deconvnet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The image's one-way road: a package imports only from its left. */
class ArchitectureTest {
  private static final List<String> ROAD =
      List.of(
          "words",
          "tensor",
          "kernels",
          "engine",
          "sums",
          "store",
          "operator",
          "penalty",
          "solve",
          "dictionary",
          "learn",
          "network",
          "label",
          "preprocess",
          "restore",
          "describe",
          "pyramid",
          "pursuit",
          "classify",
          "view",
          "page",
          "speed");

  private static JavaClasses core() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("org.deconvnet");
  }

  @Test
  void packagesImportOnlyFromTheirLeft() {
    JavaClasses core = core();
    for (int i = 0; i < ROAD.size() - 1; i++) {
      String[] right =
          ROAD.subList(i + 1, ROAD.size()).stream()
              .map(name -> "org.deconvnet." + name + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("org.deconvnet." + ROAD.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(right)
          .allowEmptyShould(true)
          .check(core);
    }
  }

  @Test
  void noFamilyOfNetworksImportsAnother() {
    slices().matching("org.deconvnet.network.(*)..").should().notDependOnEachOther().check(core());
  }
}

package org.deconvnet.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** The build's list of JVM options is a copy of Spark's: this notices when Spark changes it. */
class JavaModuleOptionsTest {
  @Test
  void everyOptionOfSparksLauncherIsSetHere() {
    List<String> given = ManagementFactory.getRuntimeMXBean().getInputArguments();
    for (String option : JavaModuleOptions.defaultModuleOptionArray()) {
      assertThat(given.stream().map(o -> o.replace("=", " "))).contains(option.replace("=", " "));
    }
  }
}

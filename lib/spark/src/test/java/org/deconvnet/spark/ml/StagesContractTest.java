package org.deconvnet.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.File;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.deconvnet.spark.LocalSpark;
import org.deconvnet.tensor.UserErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every stage keeps, Param by Param. */
class StagesContractTest {
  @TempDir Path folder;

  @Test
  void everyPublicStageIsWalked() throws Exception {
    Path classes =
        Path.of(ImagePreprocessor.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve("org/deconvnet/spark/ml");
    Set<String> found = new TreeSet<>();
    for (File file : classes.toFile().listFiles((dir, name) -> name.endsWith(".class"))) {
      String name = file.getName().replace(".class", "");
      Class<?> type = Class.forName("org.deconvnet.spark.ml." + name);
      int modifiers = type.getModifiers();
      if (PipelineStage.class.isAssignableFrom(type)
          && Modifier.isPublic(modifiers)
          && !Modifier.isAbstract(modifiers)) {
        found.add(name);
      }
    }
    assertThat(ExampleStages.ALL.keySet()).isEqualTo(found);
  }

  @Test
  void everyParamHasASample() {
    ofEachParam(
        (stage, param) ->
            assertThat(ParamSamples.LEARNED.contains(param.name()))
                .as("%s.%s", stage.getClass().getSimpleName(), param.name())
                .isNotEqualTo(ParamSamples.of(param) != null));
  }

  @Test
  void everyParamIsSetAndGotAndTheSetterGivesTheStageBack() {
    ofEachSettable(
        (stage, param) -> {
          Object good = ParamSamples.of(param).good();
          assertThat(get(stage, param)).isEqualTo(defaultOf(stage, param)).isNotEqualTo(good);
          assertThat(set(stage, param, good)).isSameAs(stage);
          assertThat(typeThatSetterNames(stage, param)).isEqualTo(stage.getClass());
          assertThat(get(stage, param)).isEqualTo(good);
          assertThat(stage.getOrDefault(param)).isEqualTo(good);
        });
  }

  @Test
  void everyParamIsExplainedWithItsDefaultAndItsRange() {
    ofEachParam(
        (stage, param) -> {
          String explained = stage.explainParam(param);
          if (ParamSamples.LEARNED.contains(param.name())) {
            assertThat(explained).contains("(current: ");
            assertThat(get(stage, param)).isEqualTo(stage.getOrDefault(param));
          } else {
            String given = Declared.words(defaultOf(stage, param)).replace("'", "");
            assertThat(explained.replace("'", ""))
                .contains(ParamSamples.of(param).range().replace("'", ""))
                .contains("(default: " + given);
          }
        });
  }

  @Test
  void aBadValueIsRefusedWithNameValueAndRange() {
    ofEachSettable(
        (stage, param) -> {
          ParamSamples sample = ParamSamples.of(param);
          if (sample.bad() != null) {
            Object bad = sample.bad() == ParamSamples.NULL ? null : sample.bad();
            assertThatThrownBy(() -> set(stage, param, bad))
                .isInstanceOf(UserErrorException.class)
                .hasMessageContaining(stage.uid() + ": " + param.name() + ": expected ")
                .hasMessageContaining(sample.range())
                .hasMessageEndingWith("got " + sample.got());
            assertThat(get(stage, param)).isEqualTo(defaultOf(stage, param));
          }
        });
  }

  @Test
  void aCopyKeepsValuesAndTakesExtraOnes() {
    ofEachSettable(
        (stage, param) -> {
          Object good = ParamSamples.of(param).good();
          PipelineStage with = stage.copy(extra(param, good));
          assertThat(with).isNotSameAs(stage).hasSameClassAs(stage);
          assertThat(get(with, param)).isEqualTo(good);
          assertThat(get(with.copy(ParamMap.empty()), param)).isEqualTo(good);
          assertThat(get(stage, param)).isEqualTo(defaultOf(stage, param));
        });
  }

  @Test
  void whatIsSavedComesBackWithEqualParams() throws Exception {
    for (String name : ExampleStages.ALL.keySet()) {
      PipelineStage stage = ExampleStages.ALL.get(name).make().get();
      if (!(stage instanceof MLWritable writable)) {
        assertThat(stage).as("an experiment, never saved").isInstanceOf(AblatedMaps.class);
        continue;
      }
      setAll(stage);
      String path = folder.resolve(name).toString();
      writable.save(path);
      PipelineStage back =
          (PipelineStage) stage.getClass().getMethod("load", String.class).invoke(null, path);
      assertThat(back.uid()).isEqualTo(stage.uid());
      for (Param<?> param : stage.params()) {
        Param<?> other = back.getParam(param.name());
        assertThat(back.getOrDefault(other))
            .as("%s.%s", name, param.name())
            .isEqualTo(stage.getOrDefault(param));
        assertThat(back.hasDefault(other)).isEqualTo(stage.hasDefault(param));
      }
    }
  }

  @Test
  void aColumnThatIsMissingOrOfAnotherTypeIsNamedBeforeAnyJob() throws Exception {
    try (JobCounter jobs = new JobCounter(LocalSpark.session().sparkContext())) {
      for (ExampleStages example : ExampleStages.ALL.values()) {
        PipelineStage stage = example.make().get();
        assertThat(stage.transformSchema(example.schema(null, false)).length())
            .isGreaterThan(example.columns().size());
        for (String column : example.columns()) {
          assertRefused(stage, example.schema(column, false), "expected a column '" + column + "'");
          assertRefused(stage, example.schema(column, true), "expected column '" + column + "'");
        }
      }
      assertThat(jobs.count()).isZero();
      row(new StructType().add("any", "string")).repartition(2).count();
      assertThat(jobs.count()).as("the counter counts").isPositive();
    }
  }

  private static void assertRefused(PipelineStage stage, StructType schema, String saying) {
    assertThatThrownBy(() -> stage.transformSchema(schema))
        .isInstanceOf(UserErrorException.class)
        .hasMessageContaining(stage.uid())
        .hasMessageContaining(saying);
    assertThatThrownBy(() -> work(stage, row(schema))).hasMessageContaining(saying);
  }

  private static void work(PipelineStage stage, Dataset<Row> rows) {
    if (stage instanceof Estimator<?> estimator) {
      estimator.fit(rows);
    } else {
      ((Transformer) stage).transform(rows).collectAsList();
    }
  }

  private static Dataset<Row> row(StructType schema) {
    Row nulls = RowFactory.create(new Object[schema.length()]);
    return LocalSpark.session().createDataFrame(List.of(nulls), schema);
  }

  /** Each Param of a stage of its own. */
  private static void ofEachParam(BiConsumer<PipelineStage, Param<?>> check) {
    for (ExampleStages example : ExampleStages.ALL.values()) {
      Param<?>[] params = example.make().get().params();
      assertThat(Arrays.stream(params).map(Param::name)).doesNotHaveDuplicates().isNotEmpty();
      for (Param<?> param : params) {
        PipelineStage stage = example.make().get();
        check.accept(stage, stage.getParam(param.name()));
      }
    }
  }

  private static void ofEachSettable(BiConsumer<PipelineStage, Param<?>> check) {
    ofEachParam(
        (stage, param) -> {
          if (!ParamSamples.LEARNED.contains(param.name())) {
            check.accept(stage, param);
          }
        });
  }

  private static void setAll(PipelineStage stage) {
    for (Param<?> param : stage.params()) {
      if (!ParamSamples.LEARNED.contains(param.name())) {
        set(stage, param, ParamSamples.of(param).good());
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static ParamMap extra(Param<?> param, Object value) {
    return new ParamMap().put((Param<Object>) param, value);
  }

  private static Object defaultOf(PipelineStage stage, Param<?> param) {
    return stage.getDefault(param).get();
  }

  private static Object get(PipelineStage stage, Param<?> param) {
    return call(stage, "get", param, new Class<?>[0]);
  }

  private static Object set(PipelineStage stage, Param<?> param, Object value) {
    return call(stage, "set", param, typesSet(param), value);
  }

  private static Class<?>[] typesSet(Param<?> param) {
    Class<?> type = ParamSamples.of(param).good().getClass();
    return new Class<?>[] {MethodType.methodType(type).unwrap().returnType()};
  }

  /** What the compiler takes for the value of a setter. */
  private static Class<?> typeThatSetterNames(PipelineStage stage, Param<?> param) {
    Method setter = method(stage, "set", param, typesSet(param));
    if (!(setter.getGenericReturnType() instanceof TypeVariable<?> self)) {
      return setter.getReturnType();
    }
    return TypeFactory.defaultInstance()
        .constructType(stage.getClass())
        .findSuperType(setter.getDeclaringClass())
        .getBindings()
        .findBoundType(self.getName())
        .getRawClass();
  }

  private static Object call(
      PipelineStage stage, String verb, Param<?> param, Class<?>[] types, Object... arguments) {
    try {
      return method(stage, verb, param, types).invoke(stage, arguments);
    } catch (InvocationTargetException e) {
      throw (RuntimeException) e.getCause();
    } catch (IllegalAccessException e) {
      throw new AssertionError(verb + " of " + param.name() + " is not public", e);
    }
  }

  private static Method method(
      PipelineStage stage, String verb, Param<?> param, Class<?>... types) {
    String name =
        verb + param.name().substring(0, 1).toUpperCase(Locale.ROOT) + param.name().substring(1);
    try {
      return stage.getClass().getMethod(name, types);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(stage.getClass().getSimpleName() + " has no public " + name, e);
    }
  }
}

package org.deconvnet.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deconvnet.spark.experiment.ExperimentOptions;

/**
 * Reads a YAML configuration. Every key must be there, and no other, but those that came later:
 * {@link OptionalKeys}.
 */
final class ConfigLoader {
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .annotationIntrospector(new OptionalKeys())
          .injectableValues(OptionalKeys.VALUES)
          .build();

  private ConfigLoader() {}

  static ExperimentOptions load(SparkSession spark, String file) {
    Path path = new Path(file);
    try {
      FileSystem fileSystem = path.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (!fileSystem.exists(path)) {
        throw new ConfigException(
            "config %s: expected a YAML file, got nothing there".formatted(file));
      }
      try (InputStream in = fileSystem.open(path)) {
        return parse(file, in);
      }
    } catch (IOException e) {
      throw new ConfigException("config %s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  static ExperimentOptions parse(String file, InputStream in) throws IOException {
    try {
      return YAML.readValue(in, ExperimentOptions.class);
    } catch (UnrecognizedPropertyException e) {
      throw new ConfigException(
          "config %s: unknown key '%s' at line %d; expected one of %s"
              .formatted(
                  file,
                  place(e),
                  e.getLocation().getLineNr(),
                  e.getKnownPropertyIds().stream().sorted().toList()),
          e);
    } catch (InvalidTypeIdException e) {
      throw new ConfigException(
          "config %s: %s: expected a model of adn, dn; got %s"
              .formatted(file, place(e), e.getTypeId()),
          e);
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
      String message = cause == e ? e.getOriginalMessage() : cause.getMessage();
      throw new ConfigException(
          "config %s: %s%s".formatted(file, place(e).isEmpty() ? "" : place(e) + ": ", message), e);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          "config %s: not valid YAML at line %d: %s"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
  }

  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }
}

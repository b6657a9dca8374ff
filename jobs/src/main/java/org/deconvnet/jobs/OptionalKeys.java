package org.deconvnet.jobs;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import org.deconvnet.preprocess.PreprocessOptions;

/**
 * Keys that a configuration may leave out, because files were written before there were any, and
 * what they are then.
 */
final class OptionalKeys extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;
  private static final String UPRIGHT = "upright";

  /** By the keys' names. */
  static final InjectableValues VALUES =
      new InjectableValues.Std().addValue(UPRIGHT, PreprocessOptions.DEFAULTS.upright());

  @Override
  public JacksonInject.Value findInjectableValue(AnnotatedMember member) {
    return member instanceof AnnotatedParameter parameter
            && parameter.getDeclaringClass() == PreprocessOptions.class
            && isNamed(parameter, UPRIGHT)
        ? JacksonInject.Value.construct(UPRIGHT, true, null)
        : super.findInjectableValue(member);
  }

  private static boolean isNamed(AnnotatedParameter parameter, String key) {
    var components = PreprocessOptions.class.getRecordComponents();
    return parameter.getOwner().getParameterCount() == components.length
        && components[parameter.getIndex()].getName().equals(key);
  }
}

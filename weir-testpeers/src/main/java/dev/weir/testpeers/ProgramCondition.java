package dev.weir.testpeers;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose programs are missing, and fails it where they must not be missing. */
final class ProgramCondition implements ExecutionCondition {
  private static final String NPM = "npm:";
  private static final String PYTHON = "python:";
  private static final String PLATFORM = "platform:";

  private final Predicate<String> installed;
  private final boolean mustRun;

  ProgramCondition() {
    this(
        ProgramCondition::isInstalled,
        Boolean.getBoolean("weir.ci") || "true".equals(System.getenv("CI")));
  }

  ProgramCondition(Predicate<String> installed, boolean mustRun) {
    this.installed = installed;
    this.mustRun = mustRun;
  }

  private static boolean isInstalled(String name) {
    if (name.startsWith(NPM)) {
      return NodeModules.has(name.substring(NPM.length()));
    }
    if (name.startsWith(PYTHON)) {
      return PythonModules.has(name.substring(PYTHON.length()));
    }
    if (name.startsWith(PLATFORM)) {
      return name.substring(PLATFORM.length()).equals(platform());
    }
    return Programs.find(name).isPresent();
  }

  private static String platform() {
    String system = System.getProperty("os.name") + "-" + System.getProperty("os.arch");
    return system.toLowerCase(Locale.ROOT);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return evaluate(
        context.getElement().stream()
            .flatMap(e -> AnnotationSupport.findAnnotation(e, NeedsProgram.class).stream())
            .flatMap(needs -> Stream.of(needs.value())));
  }

  ConditionEvaluationResult evaluate(Stream<String> names) {
    List<String> missing = names.filter(name -> !installed.test(name)).toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("every program that it needs is installed");
    }
    String message = "needs " + String.join(", ", missing) + ", not installed here";
    if (mustRun) {
      throw new IllegalStateException(message + "; in CI a test is not skipped for that");
    }
    return ConditionEvaluationResult.disabled(message);
  }
}

package dev.weir.testpeers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a test, or every test of a class, that talks to external programs.
 *
 * <p>When one of them cannot be found, the test is skipped and says which; in CI (environment
 * {@code CI=true}, or {@code -Dweir.ci=true}) it fails instead, for there {@code .ci/run} has
 * installed all of them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(ProgramCondition.class)
@SuppressWarnings("exports") // the condition is reached through this annotation alone
public @interface NeedsProgram {

  /**
   * The names of the programs, looked up as {@link Programs#find} does; {@code npm:ws} is the npm
   * package {@code ws}, installed as {@link NodeModules} says; {@code python:hpack} is the module
   * {@code hpack} of {@code python3}; {@code platform:linux-amd64} is a machine that runs programs
   * for that.
   */
  String[] value();
}

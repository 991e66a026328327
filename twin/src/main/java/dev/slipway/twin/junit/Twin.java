package dev.slipway.twin.junit;

import dev.slipway.twin.RuntimeKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a twin. A parameter or field of type {@link dev.slipway.twin.TwinAccount} gets
 * an account of its own: static fields and parameters of {@code @BeforeAll} one for the class, all
 * others one for each test. A parameter or field of type {@link dev.slipway.twin.Twin} gets the
 * twin. All classes that ask for the same twin share one, which ends with the test run.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(TwinExtension.class)
public @interface Twin {

  /** World seconds a real second. */
  double scale() default 60;

  /** The region of the accounts. */
  String region() default "us-east-1";

  /** What runs the containers of tasks. */
  RuntimeKind runtime() default RuntimeKind.PROCESS;

  /** Whether every API call needs a policy that allows it. */
  boolean enforceIam() default false;
}

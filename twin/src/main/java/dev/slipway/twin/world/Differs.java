package dev.slipway.twin.world;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says where the twin departs from AWS, or where AWS's behaviour is not known, and why. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Repeatable(Differs.All.class)
public @interface Differs {

  /** What the twin does, and what AWS does. */
  String value();

  /** Why. */
  String because();

  /** Several differences of one element. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @interface All {
    /** The differences. */
    Differs[] value();
  }
}

package intarsia.cli.json;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a field of a document means. {@code schema.json} and {@code docs/json.md} are written from these words. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Meaning {
    /** In words; of a table, its columns too. */
    String value();

    /** Whether it may be null. */
    boolean orNull() default false;
}

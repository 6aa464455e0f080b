package intarsia.models.spark.probe;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A task that says who it is done by and on which Java. */
public final class JavaProbe extends AbstractFunction1<Iterator<String>, JavaProbe.Answer> implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * What an executor said.
     *
     * @param executor its number
     * @param feature  the feature release of its Java: 25
     */
    public record Answer(String executor, int feature) implements Serializable {}

    @Override
    public Answer apply(Iterator<String> nothing) {
        return new Answer(SparkEnv.get().executorId(), Runtime.version().feature());
    }
}

package intarsia.models.spark;

import intarsia.models.execution.ClusterException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Range$;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;
import scala.util.Failure;

/** A job of one task an item, whose results are told as they come. */
final class SparkJob {
    private static final long GLANCE = 200;

    private SparkJob() {}

    /**
     * Runs one.
     *
     * @param task    what is done with an item, in another process
     * @param wait    for the first result; null for as long as it takes
     * @param results told each result in the thread that calls this
     * @throws ClusterException if Spark gives up, or nobody did a task in time
     */
    static <R> void run(SparkContext context, List<String> items, Function1<Iterator<String>, R> task, Duration wait, Consumer<R> results) {
        RDD<String> each = context.parallelize(CollectionConverters.asScala(items).toSeq(), items.size(), ClassTag$.MODULE$.apply(
                String.class));
        BlockingQueue<R> arrived = new LinkedBlockingQueue<>();
        long begun = System.nanoTime();
        SimpleFutureAction<BoxedUnit> job = context.submitJob(each, task, Range$.MODULE$.apply(0, items.size()), (number, result) -> {
            arrived.add(result);
            return BoxedUnit.UNIT;
        }, () -> BoxedUnit.UNIT);
        boolean any = false;
        try {
            while (true) {
                boolean last = job.isCompleted();
                R result = arrived.poll(last ? 0 : GLANCE, TimeUnit.MILLISECONDS);
                if (result != null) {
                    any = true;
                    results.accept(result);
                } else if (last) {
                    break;
                } else if (!any && wait != null && System.nanoTime() - begun > wait.toNanos()) {
                    throw new ClusterException("--on " + context.master() + ": no executor came within " + wait.toSeconds()
                            + " s; are there "
                            + "workers with a free core and " + context.executorMemory()
                                    + " MiB? spark.intarsia.wait says how long to wait");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        } finally {
            if (!job.isCompleted()) {
                job.cancel();
            }
        }
        if (job.value().get() instanceof Failure<?> failure) {
            throw cause(context.master(), failure.exception());
        }
    }

    /** What Spark said, in one line. */
    static ClusterException cause(String master, Throwable e) {
        String said = String.valueOf(e.getMessage());
        return new ClusterException("--on " + master + ": " + (said.contains("UnsupportedClassVersionError")
                ? "an executor's Java is too old: 25 is needed" : "Spark gave up: " + said.lines().findFirst().orElse("")
                        + "; INTARSIA_JAVA_OPTS=-Dspark.log.level=INFO shows how it came to that"));
    }
}

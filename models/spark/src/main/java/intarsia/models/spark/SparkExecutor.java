package intarsia.models.spark;

import intarsia.models.execution.ClusterException;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.ItemWork;
import intarsia.models.spark.probe.JavaProbe;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * Executors of Spark: one task an item, each sent back as soon as it is done. A lost executor costs what it was at, which Spark hands out
 * again; what ends the work is said by the item itself. Spark is begun with the first item.
 */
final class SparkExecutor implements ItemExecutor {
    /** How long to wait for the first executor; a busy cluster may need more. */
    private static final String PATIENCE = "spark.intarsia.wait";
    private static final int FEATURE = 25;

    private final SparkConf conf;
    private final List<String> command;
    private SparkContext context;

    SparkExecutor(String master, List<String> command) {
        this.command = command;
        this.conf = new SparkConf().setMaster(master).setIfMissing("spark.app.name", "intarsia " + String.join(" ", command))
                .setIfMissing("spark.ui.enabled", "false")
                // An item may lose its executor so often; what fails by itself never gets that far.
                .setIfMissing("spark.task.maxFailures", "8");
        if (!SparkEngine.isThisProcess(master)) {
            conf.setIfMissing("spark.jars", jar());
        }
        // What Spark's scripts tell workers; those begun without scripts look for it.
        conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        if (SparkEngine.memory(master) != null) {
            conf.setIfMissing("spark.executor.memory", SparkEngine.memory(master) + "m");
        }
    }

    /** The jar that holds this class and the program. */
    private static String jar() {
        try {
            return Path.of(SparkExecutor.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String master() {
        return conf.get("spark.master");
    }

    @Override
    public void run(ItemWork work, List<String> items, Instant until, Consumer<String> outcomes) {
        if (items.isEmpty()) {
            return;
        }
        begin();
        ItemTask task = new ItemTask(command, work.terms(), until == null ? Long.MAX_VALUE : until.toEpochMilli());
        SparkJob.run(context, items, task, null, outcome -> {
            if (outcome.trace() != null) {
                throw new IllegalStateException(outcome.failure() + "\n" + outcome.trace());
            }
            if (outcome.failure() != null) {
                throw new ClusterException("--on " + master() + ": " + outcome.failure());
            }
            if (outcome.line() != null) {
                outcomes.accept(outcome.line());
            }
        });
    }

    private void begin() {
        if (context != null) {
            return;
        }
        Duration wait = Duration.ofSeconds(conf.getTimeAsSeconds(PATIENCE, "2min"));
        context = connected(wait);
        int probes = context.defaultParallelism();
        SparkJob.run(context, Collections.nCopies(probes, ""), new JavaProbe(), wait, answer -> {
            if (answer.feature() < FEATURE) {
                throw new ClusterException("--on " + master() + ": executor " + answer.executor() + " has Java " + answer.feature()
                        + " and needs " + FEATURE + "; name one there: "
                        + "INTARSIA_JAVA_OPTS=-Dspark.executorEnv.JAVA_HOME=/path/to/jdk-25, or "
                        + "spark-submit --conf spark.executorEnv.JAVA_HOME=...");
            }
        });
    }

    /** Spark itself waits for several minutes, or for ever, for one that answers and is no master. */
    private SparkContext connected(Duration wait) {
        FutureTask<SparkContext> beginning = new FutureTask<>(() -> new SparkContext(conf));
        Thread.ofPlatform().daemon().name("spark-beginning").start(beginning);
        try {
            return beginning.get(wait.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw SparkJob.cause(master(), e.getCause());
        } catch (TimeoutException e) {
            throw new ClusterException("--on " + master() + ": who answers there is no master of Spark, or does not take us, within "
                    + wait.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        }
    }

    @Override
    public void close() {
        if (context != null) {
            context.stop();
        }
    }
}

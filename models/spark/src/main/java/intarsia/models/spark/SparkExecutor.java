package intarsia.models.spark;

import intarsia.models.execution.ClusterException;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.ItemWork;
import intarsia.models.spark.probe.JavaProbe;
import java.io.OutputStream;
import java.io.PrintStream;
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
import java.util.stream.Stream;
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
    /** Where this process is stopped, all that Spark would say of it is noise. */
    private final Thread hook = new Thread(this::fallSilent, "spark-silence");
    private volatile SparkContext context;
    private volatile boolean stopping;

    SparkExecutor(String master, List<String> command) {
        this.command = command;
        this.conf = new SparkConf().setMaster(master).setIfMissing("spark.app.name", "intarsia " + String.join(" ", command))
                .setIfMissing("spark.ui.enabled", "false")
                // An item may lose its executor so often; what fails by itself never gets that far.
                .setIfMissing("spark.task.maxFailures", "8");
        if (!SparkEngine.isThisProcess(master)) {
            conf.set("spark.jars", withProgram(conf.get("spark.jars", "")));
        }
        // What Spark's scripts tell workers; those begun without scripts look for it.
        conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        if (SparkEngine.memory(master) != null) {
            conf.setIfMissing("spark.executor.memory", SparkEngine.memory(master) + "m");
        }
    }

    /** Jars to be sent, and the one that holds this class and the program unless it is among them, from wherever. */
    private static String withProgram(String jars) {
        try {
            Path jar = Path.of(SparkExecutor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Stream.of(jars.split(",")).anyMatch(each -> each.endsWith("/" + jar.getFileName())) ? jars
                    : jars.isEmpty() ? jar.toString() : jars + "," + jar;
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
        ItemTask task = new ItemTask(command, work.terms(), until == null ? Long.MAX_VALUE : until.toEpochMilli());
        try {
            begin();
            SparkJob.run(context, items, task, null, outcome -> tell(outcome, outcomes));
        } catch (ClusterException e) {
            throw stopping ? new ClusterException("--on " + master() + ": stopped; what came back is kept, and the same command resumes")
                    : e;
        }
    }

    private void tell(ItemTask.Outcome outcome, Consumer<String> outcomes) {
        if (outcome.trace() != null) {
            throw new IllegalStateException(outcome.failure() + "\n" + outcome.trace());
        }
        if (outcome.failure() != null) {
            throw new ClusterException("--on " + master() + ": " + outcome.failure());
        }
        if (outcome.line() != null) {
            outcomes.accept(outcome.line());
        }
    }

    private void fallSilent() {
        stopping = true;
        // Scala's executors print what they are refused; the program's own messages do not go this way.
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        if (context != null) {
            context.setLogLevel("OFF");
        }
    }

    private void begin() {
        if (context != null) {
            return;
        }
        Duration wait = Duration.ofSeconds(conf.getTimeAsSeconds(PATIENCE, "2min"));
        Runtime.getRuntime().addShutdownHook(hook);
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
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being stopped.
        }
    }
}

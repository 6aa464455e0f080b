package intarsia.cli;

import intarsia.linalg.Pool;
import intarsia.models.execution.ClusterEngine;
import intarsia.models.execution.ItemExecutor;
import intarsia.models.execution.LocalExecutor;
import java.util.ServiceLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who does a command's items. */
final class ExecutorOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--on", paramLabel = "MASTER", description = "Have items done by Spark: spark://HOST:PORT, or "
            + "local-cluster[EXECUTORS,CORES,MEMORY], local[CORES] on this machine; under spark-submit, its --master. Results are "
            + "the same.")
    private String master = System.getProperty("spark.master");

    /** Whether they are done by other processes than this one. */
    boolean isElsewhere() {
        return master != null;
    }

    /** Threads of this process, unless told otherwise. */
    ItemExecutor open(Pool pool) {
        return master == null ? new LocalExecutor(pool) : engine().open(master, CommandWords.of(spec.commandLine().getCommandSpec()));
    }

    private ClusterEngine engine() {
        return ServiceLoader.load(ClusterEngine.class).findFirst().orElseThrow(() -> new UserException("--on " + master
                + ": intarsia-spark.jar is not on the class path; the program's sources build it: docs/cluster.md says how"));
    }
}

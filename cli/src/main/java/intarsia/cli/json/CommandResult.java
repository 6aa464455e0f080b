package intarsia.cli.json;

import java.util.List;
import java.util.Map;

/** What commands answer, a record each. Paths are as they were given. A field that does not apply is null, never absent. */
public sealed interface CommandResult {
    /** A column of a source. */
    @Meaning("A column of a source.")
    record ColumnOf(@Meaning("its name") String column, @Meaning("its source") String source,
            @Meaning("`continuous`, `binary` or `categorical`") String kind,
            @Meaning("its levels, in order; empty unless categorical") List<String> levels) {}

    /** A response. */
    @Meaning("What is predicted.")
    record ResponseOf(@Meaning("its name; empty where a study has one response only") String name,
            @Meaning("`continuous`, `binary`, `count`, `classes`, `ordered` or `survival`") String kind,
            @Meaning("the columns of the files that hold it") List<String> columns,
            @Meaning("its levels, in order; empty if it has none") List<String> levels,
            @Meaning("what predictions of it are called as columns of tables") List<String> predictions) {}

    /** Of {@code init}. */
    @Meaning("`init`: a study file was drafted.")
    record Drafted(@Meaning("the study file") String study) implements CommandResult {}

    /** Of {@code describe}. */
    @Meaning("`describe`: a study, or a run folder. One of the two is null.")
    record Described(@Meaning(value = "of a study folder", orNull = true) StudyOf study,
            @Meaning(value = "of a run folder", orNull = true) ModelOf model) implements CommandResult {}

    /** A study. */
    @Meaning("What is in a study.")
    record StudyOf(@Meaning("its title") String name,
            @Meaning("its responses") List<ResponseOf> responses,
            @Meaning("the columns that are read") List<ColumnOf> columns,
            @Meaning("`task`, `response`, `rows` with that response") ResultTable tasks,
            @Meaning("`task`, `source`, `status` (`observed`, `absent`, `too few` rows to learn from), `rows` with something, `missing` "
                    + "single cells") ResultTable sources,
            @Meaning("`task`, `column`, `missing` cells") ResultTable missing,
            @Meaning("how rows are split to judge models") String design,
            @Meaning(value = "of `--heterogeneity`", orNull = true) HeterogeneityOf heterogeneity,
            @Meaning(value = "of `--anchors`: `response`, `anchor` (the common sources that are kept), `imputed R2` and `log loss` of what "
                    + "is imputed from it, `gain` (how much lower the deviance of rows left out is than with all common sources, as a "
                    + "share of it), its `p`, corrected for the number of choices, `chosen` (yes, no); no rows for a response where one "
                    + "source alone is common, or which is no single number", orNull = true) ResultTable anchors) {}

    /** How tasks differ. */
    @Meaning("How tasks differ, and whether sharing helps. A response that is no single number, or in one task only, has no rows.")
    record HeterogeneityOf(@Meaning("the sources that are compared") List<String> anchors,
            @Meaning("how many permutations each `p` is of; the smallest there is is 1 / (1 + permutations)") int permutations,
            @Meaning("`first`, `second` (tasks), `rows of first`, `rows of second`, `squared MMD` (maximum mean discrepancy of anchors), "
                    + "`p` of one distribution") ResultTable distributions,
            @Meaning("`response`, `first`, `second`, `rows of first`, `rows of second`, `gain` (how much lower squared errors are when "
                    + "the two are learned together, as a share of those alone), `p` of one function; not corrected for the number of "
                    + "pairs") ResultTable disagreement,
            @Meaning("`response`, `learned` (`together`, `in groups`), `gain` (how much lower the deviance of rows left out is than of "
                    + "tasks alone, as a share of it), `p` of no difference") ResultTable sharing,
            @Meaning("`response`, `task`, `group` (a number)") ResultTable groups,
            @Meaning("`response`, `method`, `gain` (the same of all tasks together, for each method), `p` of no difference, "
                    + "`problem` (why a method is not judged; `gain` and `p` are null then)") ResultTable methods) {}

    /** A fitted model. */
    @Meaning("What is in a run folder.")
    record ModelOf(@Meaning("the model's kind") String kind, @Meaning("its tasks") List<String> tasks,
            @Meaning("its responses") List<ResponseOf> responses, @Meaning("the columns that it was offered") List<ColumnOf> columns,
            @Meaning("the sources that every row must have") List<String> required,
            @Meaning(value = "the study that it was fitted on", orNull = true) String study,
            @Meaning(value = "the seed that it was fitted with", orNull = true) Long seed,
            @Meaning(value = "the version of the program that fitted it", orNull = true) String fittedBy,
            @Meaning(value = "what bits that program's engine computes: the receipt of its `doctor --bits`", orNull = true) String bits) {}

    /** Of {@code fit}. */
    @Meaning("`fit`: a model was compared and saved.")
    record Fitted(@Meaning("the run folder") String run, @Meaning("its report") String report, @Meaning("the model's kind") String model,
            @Meaning("how rows were split to judge on") String design, @Meaning("how many splits were made") int splits,
            @Meaning("`response`, `task`, `method`, `metric`, `mean`, `low`, `high`: held-out rows; quantiles 2.5 % and 97.5 % over "
                    + "splits; the model is the first method") ResultTable scores,
            @Meaning("`response`, `task`, `level`, `rows`, `covered`, `low`, `high`: how many held-out responses lie in prediction sets "
                    + "that are to hold `level` of them, with Wilson's 95 % interval") ResultTable coverage,
            @Meaning("values that tuning chose for the saved model") Map<String, String> chosen) implements CommandResult {}

    /** Of {@code predict}. */
    @Meaning("`predict`: rows were predicted.")
    record Predicted(@Meaning(value = "the CSV file; null without `--out`", orNull = true) String file,
            @Meaning("how many rows") int rows,
            @Meaning(value = "the table that the CSV file would be: a row's id, `task`, predictions, intervals; null with `--out`",
                    orNull = true) ResultTable predictions) implements CommandResult {}

    /** Of {@code explain}. */
    @Meaning("`explain`: predictions were taken apart.")
    record Explained(@Meaning(value = "the folder of table and report; null without `--out`", orNull = true) String folder,
            @Meaning("how many rows") int rows,
            @Meaning(value = "the table that `explanations.csv` would be; null with `--out`", orNull = true) ResultTable explanations)
            implements CommandResult {}

    /** Of {@code evaluate}. */
    @Meaning("`evaluate`: a model was judged on rows.")
    record Evaluated(@Meaning(value = "the folder of tables and report; null without `--out`", orNull = true) String folder,
            @Meaning("`response`, `task`, `metric`, `rows`, `value`, `low`, `high`: with a bootstrap interval; `mean`: of predicting the "
                    + "mean of the task's training rows") ResultTable figures,
            @Meaning("as of `fit`; without rows unless `--interval` is given") ResultTable coverage,
            @Meaning("`response`, `task`, `level`, `predicted`, `rows`; without rows unless responses are levels") ResultTable confusion)
            implements CommandResult {}

    /** Of {@code impute} and {@code link}. */
    @Meaning("`impute`, `link`: missing cells were filled in.")
    record Imputed(@Meaning("the folder, a study") String folder, @Meaning("the method that imputed blocks") String method,
            @Meaning("cells of missing blocks that were imputed") int blocks, @Meaning("single cells that were imputed") int single,
            @Meaning("how many drawn tables there are, in folders `draw-1` and on") int draws,
            @Meaning(value = "`response`, `coefficient`, `estimate`, `standard error`, `low`, `high`, `df`, `missing information`, `p`: "
                    + "pooled by Rubin's rules; null without `--coefficients`", orNull = true) ResultTable coefficients)
            implements CommandResult {}

    /** Of {@code transfer}. */
    @Meaning("`transfer`: a task was added.")
    record Transferred(@Meaning("the new run folder") String run, @Meaning("the task's name") String task,
            @Meaning("as of `fit`; without rows where the task has too few to be judged") ResultTable scores) implements CommandResult {}

    /** Of {@code export}. */
    @Meaning("`export`: a model was written for other engines.")
    record Exported(@Meaning("the file") String file, @Meaning("its size in bytes") long bytes) implements CommandResult {}

    /** Of {@code federate coordinate}. */
    @Meaning("`federate coordinate`: a federated fit ended.")
    record Coordinated(@Meaning("the folder") String folder, @Meaning("how many nodes took part") int nodes,
            @Meaning("how many individuals they have") int individuals,
            @Meaning("the individuals' rank, then those of the predictors' modes, with commas") String ranks,
            @Meaning("how many sweeps it took") int sweeps) implements CommandResult {}

    /** Of {@code federate join}. */
    @Meaning("`federate join`: a study's tasks were fitted together with those of others.")
    record Joined(@Meaning("the run folder, with a model of this study's tasks") String run,
            @Meaning("the names of this study's tasks") List<String> tasks, @Meaning("how many individuals all nodes have") int individuals,
            @Meaning("how many questions were answered") int rounds, @Meaning("how many sweeps it took") int sweeps,
            @Meaning("bytes of messages sent, without what HTTP and TLS add") long sent, @Meaning("bytes received") long received)
            implements CommandResult {}

    /** Of {@code doctor}. */
    @Meaning("`doctor`: what this machine gives.")
    record Examined(@Meaning("version and vendor of the JVM") String java, @Meaning("operating system and architecture") String system,
            @Meaning("processors that the JVM sees") int processors, @Meaning("largest heap, in bytes") long heap,
            @Meaning("whether the module of the Vector API is loaded") boolean vectors,
            @Meaning("what computes, in the words of the engine") String engine,
            @Meaning("`name`, `available` (yes, no), `why`: kernels, the best first") ResultTable kernels,
            @Meaning(value = "of `--bits`", orNull = true) BitsOf bits) implements CommandResult {}

    /** Bits that should be the same everywhere. */
    @Meaning("Numbers that have the same bits on every machine.")
    record BitsOf(@Meaning("how many cases were computed") int cases, @Meaning("digest of the whole table") String receipt,
            @Meaning("names of cases that differ here") List<String> differing,
            @Meaning("names of cases that were left out, since only a CPU can compute them") List<String> leftOut) {}

    /** Of the studies of {@code study}. */
    @Meaning("`study mtl-hmb`, `study dual-encoder`, `study tenmtl`, `study sharing`, `study anchors`: methods were compared.")
    record Studied(@Meaning("the study's folder") String folder, @Meaning("how many items there are") int items,
            @Meaning("how many are done") int done, @Meaning(value = "the report; null with `--shard`", orNull = true) String report)
            implements CommandResult {}

    /** Of {@code study simulate}. */
    @Meaning("`study simulate`: data were drawn.")
    record Simulated(@Meaning("the study folder") String folder, @Meaning("the folder of what was hidden") String truth,
            @Meaning("how many tasks") int tasks) implements CommandResult {}
}

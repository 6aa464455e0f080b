package intarsia.cli;

import intarsia.models.data.Column;
import intarsia.models.data.MissingnessPattern;
import intarsia.models.data.Resampling;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.files.Manifest;
import intarsia.models.files.Schema;
import intarsia.models.files.Study;
import intarsia.models.files.model.RunFolder;
import intarsia.models.response.Binomial;
import intarsia.models.response.Count;
import intarsia.models.response.Survival;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a study, before anything is learned from it. */
@Command(name = "describe", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Show a study: what is present in which task, column types, what would be imputed from what.")
final class Describe implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "STUDY", description = "A folder with a study.toml and CSV files, or one that fit wrote.")
    private Path folder;

    @Option(names = "--heterogeneity", description = "Test whether the tasks' anchors come from one distribution and "
            + "responses depend on them alike; say whether sharing helps.")
    private boolean heterogeneity;

    @Option(names = "--by-method", description = "With --heterogeneity: say for each method whether sharing helps, by fits in folds; this "
            + "takes minutes.")
    private boolean byMethod;

    @Option(names = "--anchors", description = "Judge each common source, and unions of them, as the anchor.")
    private boolean anchors;

    @Option(names = "--permutations", paramLabel = "N", description = "Permutations of these tests (default: ${DEFAULT-VALUE}).")
    private int permutations = 999;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Mixin
    private StudyReading reading;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        if (permutations < 1) {
            throw new UserException("--permutations " + permutations + ": must be at least 1");
        }
        if (byMethod && !heterogeneity) {
            throw new UserException("--by-method: goes with --heterogeneity");
        }
        String test = heterogeneity ? "--heterogeneity" : anchors ? "--anchors" : null;
        PrintWriter out = answer.text();
        if (RunFolder.isOne(folder)) {
            if (test != null) {
                throw new UserException(folder + ": is what fit wrote, and " + test + " asks about the rows of a study; give the study's "
                        + "folder");
            }
            RunFolder run = RunFolder.read(folder);
            out.print(run(run));
            answer.result(DescribedData.model(run));
            return;
        }
        Study study = anchors && !heterogeneity ? Study.read(folder, reading.linked()) : reading.read(folder);
        out.println(study.name());
        out.println();
        out.print(tasks(study));
        out.println();
        if (!study.tasks().resampling().equals(Resampling.STANDARD)) {
            out.println("rows are split into " + study.tasks().resampling().describe());
            out.println();
        }
        out.println("sources: observed, (-n) with n single cells missing, or - not observed (k of n rows have something)");
        study.tasks().missingness().toString().lines().map(String::stripTrailing).forEach(out::println);
        out.println();
        out.println("columns, and how many cells are missing");
        out.print(columns(study));
        out.println();
        out.print(imputation(study));
        Heterogeneity differences = heterogeneity ? differences(study) : null;
        if (heterogeneity) {
            out.println();
            out.print(differences.text());
        }
        AnchorTable judged = anchors ? AnchorTable.of(study.tasks(), permutations) : null;
        if (anchors) {
            out.println();
            out.print(judged.text());
        }
        study.notes().forEach(note -> out.println("note: " + note));
        answer.keep(study.notes());
        answer.result(DescribedData.study(study, heterogeneity ? differences.result() : null, anchors ? judged.table() : null));
    }

    private Heterogeneity differences(Study study) {
        try (ProgressBar bar = ProgressBar.on(spec.commandLine().getErr(), quiet)) {
            return Heterogeneity.of(study.tasks(), permutations, byMethod, bar);
        }
    }

    /** What a run holds, and what its tasks share if it says so. */
    private String run(RunFolder run) {
        StringBuilder text = new StringBuilder("a model of kind " + run.model().state().kind()
                + (run.provenance() == null ? "" : ", fitted on " + run.provenance().study()) + by(run.provenance())
                + "\ntasks: "
                + String.join(", ", run.model().tasks()) + "\nrequired in every row: "
                + run.model().requiredSources().stream().map(Source::name).collect(Collectors.joining(", ")) + "\n");
        Manifest files = Manifest.open(folder);
        if (files.has(FindingsReport.TEXT)) {
            text.append('\n').append(new String(files.bytes(FindingsReport.TEXT), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    private static String by(RunFolder.Provenance provenance) {
        return provenance == null ? "" : provenance.programs().stream().map(program -> "\nby Intarsia " + program.version() + ", bits "
                + program.bits()).collect(Collectors.joining());
    }

    private static String tasks(Study study) {
        return study.each().stream().map(Describe::tasksOfOne).collect(Collectors.joining("\n"));
    }

    private static String tasksOfOne(Study study) {
        Schema.Response response = study.schema().response();
        List<String> header = new ArrayList<>(List.of("task", "rows"));
        header.addAll(switch (response.family()) {
            case Survival _ -> List.of("events of " + response.columns().get(1), response.columns().getFirst());
            case Binomial _ -> List.of("share of " + response.describe());
            default -> List.of((response.family().levels().isEmpty() ? "mean of " : "rows of each ") + response.describe());
        });
        header.add("from");
        TextTable table = new TextTable(header);
        for (Task task : study.tasks().tasks()) {
            List<String> line = new ArrayList<>(List.of(task.cohort(), Integer.toString(task.size())));
            line.addAll(responses(task));
            line.add(String.join(" + ", study.files().get(task.cohort())));
            table.line(line);
        }
        return table.toString();
    }

    /** What a task's responses are like. */
    private static List<String> responses(Task task) {
        double[] y = task.response();
        int columns = task.family().columns();
        double first = IntStream.range(0, task.size()).mapToDouble(row -> y[row * columns]).sum();
        return switch (task.family()) {
            case Survival _ -> {
                DoubleSummaryStatistics times = IntStream.range(0, task.size()).mapToDouble(row -> y[row * columns]).summaryStatistics();
                yield List.of(Long.toString(IntStream.range(0, task.size()).filter(row -> y[row * columns + 1] == 1).count()),
                        plain(times.getMin()) + " to " + plain(times.getMax()));
            }
            case Binomial _ -> List.of(String.format("%.3f", first / task.size()));
            case Count(boolean exposure) -> List.of(String.format("%.4g", first / (exposure ? IntStream.range(0, task.size())
                    .mapToDouble(row -> y[row * columns + 1]).sum() : task.size())));
            default -> List.of(task.family().levels().isEmpty() ? String.format("%.4g", first / task.size())
                    : IntStream.range(0, task.family().levels().size()).mapToObj(k -> task.family().levels().get(k) + ": "
                    + Arrays.stream(y).filter(level -> level == k).count()).collect(Collectors.joining(", ")));
        };
    }

    /** Without a needless ".0". */
    private static String plain(double number) {
        return Double.toString(number).replaceFirst("\\.0$", "");
    }

    private static String columns(Study study) {
        List<String> header = new ArrayList<>(List.of("column", "source", "type"));
        List<String> tasks = study.tasks().cohorts().stream().map(Task::cohort).toList();
        header.addAll(tasks);
        TextTable table = new TextTable(header);
        for (Source source : study.schema().sources()) {
            // the places of a tensor are one line
            List<List<Column>> lines = source.tensor() ? List.of(source.columns()) : source.columns().stream().map(List::of).toList();
            for (List<Column> columns : lines) {
                String first = columns.getFirst().name();
                List<String> line = new ArrayList<>(List.of(source.tensor() ? first + " .. " + columns.getLast().name() : first,
                        source.name(), source.tensor() ? tensor(source) : type(columns.getFirst())));
                tasks.forEach(task -> line.add(Integer.toString(columns.stream().mapToInt(column -> study.missing(task, column.name()))
                        .sum())));
                table.line(line);
            }
        }
        return table.toString();
    }

    /** {@code tensor: region 5 x band 4}. */
    private static String tensor(Source source) {
        return "tensor: " + source.axes().stream().map(axis -> axis.name() + " " + axis.size()).collect(Collectors.joining(" x "));
    }

    private static String type(Column column) {
        return switch (column.kind()) {
            case CONTINUOUS -> "continuous";
            case BINARY -> "binary";
            case CATEGORICAL -> "one of " + String.join(", ", column.levels());
        };
    }

    private static String imputation(Study study) {
        MissingnessPattern pattern = study.tasks().missingness();
        List<String> tasks = pattern.tasks();
        String anchors = study.tasks().anchors().stream().map(Source::name).collect(Collectors.joining(" + "));
        if (study.tasks().others().isEmpty()) {
            return "every source is observed in every task: nothing to impute\n";
        }
        TextTable table = new TextTable("source", "learned where observed", anchors.isEmpty() ? "missing in" : "imputed from " + anchors);
        for (Source source : pattern.sources()) {
            List<String> observed = new ArrayList<>();
            List<String> imputed = new ArrayList<>();
            for (int t = 0; t < tasks.size(); t++) {
                (pattern.observed(t, source) ? observed : imputed).add(tasks.get(t));
            }
            if (observed.isEmpty()) {
                table.line(source.name(), "nowhere", "left out");
            } else if (!imputed.isEmpty()) {
                table.line(source.name(), String.join(", ", observed), String.join(", ", imputed));
            }
        }
        return table.toString();
    }
}

package intarsia.bench.panel;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.conformal.Conformal;
import intarsia.models.conformal.ConformalSets;
import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.files.model.FitOptions;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.baseline.Regression;
import intarsia.models.response.ResponseFamily;
import intarsia.models.stacking.Stacking;
import intarsia.models.study.hmb.HmbSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * How many responses of rows that nothing has seen lie in prediction sets: real data and simulated settings. {@code bench/coverage --help}
 * lists the options.
 */
public final class Coverage {
    private static final int FOLDS = 5;
    private static final double[] LEVELS = {0.8, 0.9, 0.95};

    private final Path out;
    private final List<Path> data = new ArrayList<>();
    private List<String> methods = List.of("regression", "gp", "mtl-hmb");
    private List<String> only = List.of();
    private int repeats = 5;
    private long seed = 1;
    private Path page;

    private Coverage(String[] args) {
        Path home = Path.of("").toAbsolutePath();
        out = home.resolve("bench/target/coverage");
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--data" -> data.add(Path.of(args[i + 1]).toAbsolutePath());
                case "--methods" -> methods = List.of(args[i + 1].split(","));
                case "--only" -> only = List.of(args[i + 1].split(","));
                case "--repeats" -> repeats = Integer.parseInt(args[i + 1]);
                case "--seed" -> seed = Long.parseLong(args[i + 1]);
                case "--table" -> page = Path.of(args[i + 1]);
                default -> throw new IllegalArgumentException("unknown option '" + args[i]
                        + "'; bench/coverage --help lists those there are");
            }
        }
    }

    /** Runs as asked. */
    public static void main(String[] args) throws IOException {
        try {
            new Coverage(args).run();
        } catch (IllegalArgumentException e) {
            System.err.println("bench/coverage: " + e.getMessage());
            System.exit(2);
        }
    }

    /** Data for a replicate, and the estimators by their names. */
    private record Item(String key, IntFunction<TaskSet> data, Map<String, Estimator> methods) {}

    private List<Item> items() throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path folder : PanelData.folders(Path.of("").toAbsolutePath(), data, out, new ArrayList<>())) {
            PanelStudy study = PanelStudy.read(folder);
            Map<String, Estimator> of = new LinkedHashMap<>();
            methods.forEach(method -> of.put(method, FitOptions.read(study.study(), method).model()));
            items.add(new Item(study.key(), repeat -> study.study().tasks(), of));
        }
        Map<String, Estimator> plain = Map.of("regression", Regression.DEFAULT, "gp", MultitaskGp.options(), "mtl-hmb", MtlHmb.options(),
                "auto", Stacking.options());
        for (String key : List.of("A", "B", "C", "D", "E", "F")) {
            var setting = HmbSettings.of(key);
            Map<String, Estimator> of = new LinkedHashMap<>();
            methods.stream().filter(plain::containsKey).forEach(method -> of.put(method, plain.get(method)));
            items.add(new Item("setting " + key, repeat -> setting.at().apply(setting.values().getLast())
                    .draw(RandomStream.of(seed + repeat, "simulate")).data(), of));
        }
        return items.stream().filter(item -> only.isEmpty() || only.contains(item.key)).toList();
    }

    private void run() throws IOException {
        StringBuilder table = new StringBuilder("| data | tasks | method | rows judged | 80 % | 90 % | 95 % | size at 90 % |\n"
                + "|---|--:|---|--:|--:|--:|--:|--:|\n");
        for (Item item : items()) {
            for (var method : item.methods.entrySet()) {
                try {
                    table.append(line(item, method.getKey(), method.getValue())).append('\n');
                } catch (DataException e) {
                    table.append("| ").append(item.key).append(" | | ").append(method.getKey()).append(" | ").append(e.getMessage())
                            .append(" | | | | |\n");
                }
                System.err.print(table.substring(table.lastIndexOf("\n", table.length() - 2) + 1));
            }
        }
        System.out.print(table);
        if (page != null) {
            Files.writeString(page, table);
        }
    }

    private String line(Item item, String name, Estimator method) {
        Map<Double, Map<String, List<IntervalCoverage>>> found = new TreeMap<>();
        int tasks = 0;
        for (int repeat = 0; repeat < repeats; repeat++) {
            TaskSet rows = item.data.apply(repeat);
            tasks = rows.tasks().size();
            for (IntervalCoverage of : covered(rows, method, repeat)) {
                found.computeIfAbsent(of.level(), level -> new TreeMap<>()).computeIfAbsent(of.task(), task -> new ArrayList<>()).add(of);
            }
        }
        double judged = found.get(0.9).values().stream().flatMap(List::stream).mapToDouble(IntervalCoverage::rows).sum();
        double size = found.get(0.9).values().stream().flatMap(List::stream).mapToDouble(IntervalCoverage::size).average().orElseThrow();
        return String.format(Locale.ROOT, "| %s | %d | %s | %.0f | %s | %s | %s | %.3g |", item.key, tasks, name, judged,
                mean(found.get(0.8)), mean(found.get(0.9)), mean(found.get(0.95)), size);
    }

    /** The mean over tasks of their shares over all splits, with its standard error where tasks are taken as they are. */
    private static String mean(Map<String, List<IntervalCoverage>> tasks) {
        double sum = 0;
        double variance = 0;
        for (List<IntervalCoverage> splits : tasks.values()) {
            double rows = splits.stream().mapToDouble(IntervalCoverage::rows).sum();
            double share = splits.stream().mapToDouble(of -> of.rows() * of.share()).sum() / rows;
            sum += share;
            variance += share * (1 - share) / rows;
        }
        return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * sum / tasks.size(), 100 * Math.sqrt(variance) / tasks.size());
    }

    /** Scores by folds of the rows learned from, as the comparison of fit has them; the model on all of these; sets for the others. */
    private List<IntervalCoverage> covered(TaskSet data, Estimator method, int repeat) {
        RandomStream random = PanelStudy.random(seed, repeat);
        DataSplit split = DataSplit.random(data, Estimator.VALIDATION_SHARE, 0.2, random);
        List<IntervalCoverage> covered = new ArrayList<>();
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, split, random.child(method.key()), Progress.NONE);
            List<Evaluation> evaluations = new ArrayList<>();
            List<DataSplit> folds = split.folds(FOLDS, FOLDS, random.child("conformal"));
            for (int k = 0; k < folds.size(); k++) {
                try (BoundModel bound = method.fit(context.child("fold/" + k).with(folds.get(k))).orThrow().bind(engine)) {
                    evaluations.add(new Evaluation(k, method.key(), Map.of(), null, 0, List.of(), folds.get(k).tasks().stream()
                            .filter(task -> task.test().length > 0).map(task -> Evaluation.HeldOut.of(bound, task)).toList()));
                }
            }
            Conformal conformal = Conformal.of(new Comparison.Result(evaluations), method.key(), data);
            Model model = method.fit(context).orThrow();
            try (BoundModel bound = model.bind(engine)) {
                for (double level : LEVELS) {
                    ConformalSets sets = conformal.at(level);
                    for (TaskSplit task : split.tasks().stream().filter(of -> of.test().length > 0).toList()) {
                        ResponseFamily family = task.task().family();
                        Evaluation.HeldOut held = Evaluation.HeldOut.of(bound, task);
                        covered.add(IntervalCoverage.of(sets, task.task().name(), family, task.responses(task.test()),
                                task.weights(task.test()), held.predicted(), held.deviations()));
                    }
                }
            }
        }
        return covered;
    }
}

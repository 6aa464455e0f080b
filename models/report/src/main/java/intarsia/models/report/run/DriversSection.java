package intarsia.models.report.run;

import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.evaluation.BlockWorth;
import intarsia.models.evaluation.BootstrapInterval;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.Importance;
import intarsia.models.explanation.NearestRows;
import intarsia.models.explanation.RowChange;
import intarsia.models.report.Figure;
import intarsia.models.report.IntervalPlot;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * What drives predictions: sources, then their columns, task by task; then what blocks that were not measured would be worth.
 *
 * @param comparison with predictions of changed rows
 * @param estimator  whose
 * @param tasks      the tasks
 * @param anchors    the sources that all tasks have; none if worth is told only of blocks that were measured
 * @param interval   what intervals of importances are
 */
record DriversSection(Comparison.Result comparison, String estimator, List<Task> tasks, List<Source> anchors, String interval) {
    static final List<String> REFERENCES = List.of("Breiman: Random forests. Machine Learning 45 (2001).",
            "Efron: Bootstrap methods: another look at the jackknife. Annals of Statistics 7 (1979).");
    /** Columns that a picture shows, those of the largest importance. */
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_OPEN = 24;
    /** Sources that one picture tells apart. */
    private static final int MOST_SOURCES = 6;
    private static final Map<RowChange.Kind, String> KINDS = new TreeMap<>(Map.of(RowChange.Kind.PERMUTED, "permuted among all rows",
            RowChange.Kind.CONDITIONAL, "permuted among alike rows", RowChange.Kind.WITHHELD, "not measured"));

    /** In a paper's words; what rises is named. */
    static String method(String rise) {
        return " Importance is the " + rise + " on held-out rows when a block or a column is permuted among all rows of "
                + "a task (Breiman 2001), among the " + NearestRows.NEAREST + " rows nearest in all other columns, or withheld from the "
                + "model.";
    }

    /** What is said of its heading comes after it. */
    void write(Page page, String after) {
        List<List<Importance>> all = tasks.stream().map(task -> Importance.of(comparison, estimator, task)).toList();
        if (all.stream().allMatch(List::isEmpty)) {
            return;
        }
        page.section("What drives predictions" + after).paragraph("By how much held-out rows are predicted worse when a block of columns, "
                + "or one column, is that of another row of the task, drawn from all rows or from the " + NearestRows.NEAREST + " that are "
                + "nearest in all other columns; or when a block is withheld and the model imputes it or does without. What is 0 is not "
                + "needed, or "
                + "the other columns say it too; below 0 the model does better without. [" + interval + "]");
        List<Figure> figures = new ArrayList<>();
        for (int t = 0; t < tasks.size() && tasks.size() <= MethodsSection.MOST_TASKS; t++) {
            figure(tasks.get(t), all.get(t), true).ifPresent(figures::add);
            figure(tasks.get(t), all.get(t), false).ifPresent(figures::add);
        }
        page.figures(figures);
        Table table = table(all);
        if (table.rows().size() > MOST_OPEN) {
            page.folded(table);
        } else {
            page.table(table);
        }
        worth(page, after);
    }

    private static String name(RowChange change) {
        return change.wholeBlock() ? change.source() : change.column();
    }

    private Optional<Figure> figure(Task task, List<Importance> all, boolean blocks) {
        List<Importance> shown = all.stream().filter(of -> of.change().wholeBlock() == blocks && of.rise().defined()).toList();
        List<String> names = shown.stream().filter(of -> of.change().kind() == RowChange.Kind.PERMUTED)
                .sorted(Comparator.comparingDouble(of -> -of.rise().mean())).map(of -> name(of.change())).limit(MOST_COLUMNS).toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<IntervalPlot.Series> series = new ArrayList<>();
        KINDS.forEach((kind, words) -> {
            if (shown.stream().anyMatch(of -> of.change().kind() == kind)) {
                series.add(new IntervalPlot.Series(words, numbers(shown, names, kind, of -> of.rise().mean()),
                        numbers(shown, names, kind, of -> of.rise().splits() > 1 ? of.rise().low() : Double.NaN),
                        numbers(shown, names, kind, of -> of.rise().splits() > 1 ? of.rise().high() : Double.NaN)));
            }
        });
        String axis = Importance.axis(task.family());
        String title = task.name() + ": importance of " + (blocks ? "sources" : "columns");
        return Optional.of(new IntervalPlot(axis, names, series).figure("importance-" + (blocks ? "sources" : "columns"), title,
                "Higher is more important. Points: means; lines: " + interval + ".",
                axis + " for " + names.size() + (blocks ? " sources" : " columns") + " of " + task.name() + ", largest first"));
    }

    private static double[] numbers(List<Importance> shown, List<String> names, RowChange.Kind kind, ToDoubleFunction<Importance> which) {
        return names.stream().mapToDouble(name -> shown.stream()
                .filter(of -> of.change().kind() == kind && name(of.change()).equals(name)).mapToDouble(which).findFirst()
                .orElse(Double.NaN)).toArray();
    }

    private Table table(List<List<Importance>> all) {
        List<List<String>> rows = new ArrayList<>();
        for (List<Importance> of : all) {
            of.stream().map(one -> List.of(one.change().source(), one.change().column())).distinct().sorted(Comparator
                    .comparing((List<String> key) -> key.get(0)).thenComparing(key -> key.get(1))).forEach(key -> {
                        List<String> row = new ArrayList<>(List.of(of.getFirst().task(), key.get(0), key.get(1)));
                        KINDS.keySet().forEach(kind -> row.add(of.stream().filter(one -> one.change().kind() == kind
                                && one.change().source().equals(key.get(0)) && one.change().column().equals(key.get(1))).findFirst()
                                .map(one -> one.rise().splits() > 1 ? Rounded.of(one.rise().mean(), one.rise().low(), one.rise().high())
                                        : Rounded.of(one.rise().mean(), Double.NaN, Double.NaN)).orElse("")));
                        rows.add(row);
                    });
        }
        List<String> header = new ArrayList<>(List.of("task", "source", "column"));
        header.addAll(KINDS.values());
        return new Table("Importances", Importance.axis(tasks.getFirst().family()) + " [" + interval + "]", header, rows);
    }

    private void worth(Page page, String after) {
        List<BlockWorth> worths = BlockWorth.of(comparison, estimator, tasks, anchors);
        if (worths.isEmpty()) {
            return;
        }
        ResponseFamily family = tasks.getFirst().family();
        page.part("What a block is worth" + after).paragraph("By how much a row's expected loss (" + BlockWorth.loss(family)
                + ") is lower when the model is given the block than when it is withheld. Where the block was measured, this is estimated "
                + "from the task's held-out rows. Where it was not, it is what the " + NearestRows.NEAREST + " rows of other tasks that "
                + "are nearest in the anchors gain: this takes for granted that rows alike in the anchors gain alike in every task, which "
                + "these data cannot tell. [95 % bootstrap interval over rows]");
        page.list(worths.stream().filter(of -> !of.measured()).limit(MOST_OPEN).map(of -> sentence(of, family)).toList());
        List<String> sources = worths.stream().map(BlockWorth::source).distinct().toList();
        if (tasks.size() <= MethodsSection.MOST_TASKS && sources.size() <= MOST_SOURCES) {
            page.figures(List.of(worthFigure(worths, sources, family)));
        }
        Table table = new Table("Worth of blocks", BlockWorth.loss(family), List.of("task", "source", "measured there", "rows", "worth"),
                worths.stream().map(of -> List.of(of.task(), of.source(), of.measured() ? "yes" : "no", Integer.toString(of.rows()),
                        Rounded.of(of.worth(), of.interval().low(), of.interval().high()))).toList());
        if (table.rows().size() > MOST_OPEN) {
            page.folded(table);
        } else {
            page.table(table);
        }
    }

    /** {@code Measuring `labs` in switzerland would lower log loss by 0.02 [0.01, 0.04]}. */
    private static String sentence(BlockWorth of, ResponseFamily family) {
        boolean lowers = of.worth() >= 0;
        BootstrapInterval interval = of.interval();
        String loss = family.standardized() ? "the squared error (as a share of the variance)" : family.chosenBy() == Metric.LOG_LOSS
                ? "log loss" : "minus log-likelihood";
        return "Measuring `" + of.source() + "` in " + of.task() + " would " + (lowers ? "lower " : "raise ") + loss + " by "
                + Rounded.of(Math.abs(of.worth()), lowers ? interval.low() : -interval.high(), lowers ? interval.high() : -interval.low())
                + (interval.low() <= 0 && interval.high() >= 0 ? ", which may be chance." : ".");
    }

    private Figure worthFigure(List<BlockWorth> worths, List<String> sources, ResponseFamily family) {
        List<String> groups = tasks.stream().map(Task::name).toList();
        List<IntervalPlot.Series> series = sources.stream().map(source -> new IntervalPlot.Series(source,
                worth(worths, groups, source, BlockWorth::worth), worth(worths, groups, source, of -> of.interval().low()),
                worth(worths, groups, source, of -> of.interval().high()))).toList();
        return new IntervalPlot("lower loss", groups, series).figure("worth", "Worth of blocks, task by task", BlockWorth.loss(family)
                + ". Points: estimates; lines: 95 % bootstrap intervals over rows. The table says which were measured there.",
                "How much lower the loss is with each of " + sources.size() + " sources in " + groups.size() + " tasks");
    }

    private static double[] worth(List<BlockWorth> worths, List<String> groups, String source, ToDoubleFunction<BlockWorth> which) {
        return groups.stream().mapToDouble(task -> worths.stream().filter(of -> of.task().equals(task) && of.source().equals(source))
                .mapToDouble(which).findFirst().orElse(Double.NaN)).toArray();
    }
}

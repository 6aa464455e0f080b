package intarsia.models.report.run;

import intarsia.models.conformal.IntervalCoverage;
import intarsia.models.report.Page;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Binomial;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether prediction sets hold as many responses as they should.
 *
 * @param tasks  task by task; nothing is written of none
 * @param family of their responses
 * @param of     which rows those are, in a sentence
 */
record CoverageSection(List<IntervalCoverage> tasks, ResponseFamily family, String of) {
    static final String HELD_OUT = "Of held-out rows, each counted once: those of a split by sets made of the other splits' rows.";

    static final String METHOD = " Prediction sets are conformal: they hold the responses that are no farther from the prediction than "
            + "held-out ones of the task were; a task with few rows borrows from the others.";

    static final List<String> REFERENCES = List.of(
            "Barber, Candès, Ramdas, Tibshirani: Predictive inference with the jackknife+. Annals of Statistics 49 (2021).",
            "Barber, Candès, Ramdas, Tibshirani: Conformal prediction beyond exchangeability. Annals of Statistics 51 (2023).",
            "Vovk, Gammerman, Shafer: Algorithmic Learning in a Random World. Springer (2005).");

    /** Writes it, with this after its heading. */
    void write(Page page, String after) {
        List<IntervalCoverage> judged = tasks.stream().filter(task -> !Double.isNaN(task.share())).toList();
        if (judged.isEmpty()) {
            return;
        }
        boolean levels = family instanceof Binomial || !family.levels().isEmpty();
        List<List<String>> rows = new ArrayList<>();
        judged.forEach(task -> rows.add(List.of(task.task(), String.format(Locale.ROOT, "%.0f", task.rows()),
                Rounded.of(task.share(), task.interval().low(), task.interval().high()),
                Double.isInfinite(task.size()) ? "no end" : Rounded.of(task.size()))));
        String asked = String.format(Locale.ROOT, "%.3g %%", 100 * judged.getFirst().level());
        String mean = judged.size() == 1 ? "" : String.format(Locale.ROOT, " In the mean over tasks they hold %.1f %%.",
                100 * judged.stream().mapToDouble(IntervalCoverage::share).average().orElse(Double.NaN));
        Table table = new Table("Coverage", of + " Shares with 95 % Wilson intervals, rows taken to be independent.", List.of("task",
                "rows", "share within", levels ? "levels in a set, mean" : family instanceof Count && family.columns() > 1
                        ? "width of an interval, for one unit of exposure, median" : "width of an interval, median"), rows);
        page.section("How sure a prediction is" + after).paragraph((levels ? "Sets of levels" : "Intervals") + " that should hold " + asked
                + " of responses are given by predict --interval." + mean);
        if (rows.size() > MethodsSection.MOST_TASKS) {
            page.folded(table);
        } else {
            page.table(table);
        }
    }
}

package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Resampling;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.PairedDifference;
import intarsia.models.evaluation.Summary;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.List;

/**
 * A model against others on the same splits: by the corrected resampled t test on the mean over tasks. Figures of responses with units are
 * shares of those of predicting each task's mean.
 *
 * @param tasks      the tasks
 * @param model      the model
 * @param scores     all figures of the comparison
 * @param resampling how rows were split
 */
public record Verdict(TaskSet tasks, Estimator model, List<Comparison.Score> scores, Resampling resampling) {
    private static final double SIGNIFICANT = 0.05;

    private Metric metric() {
        return tasks.tasks().getFirst().family().chosenBy();
    }

    private boolean units() {
        return tasks.tasks().size() > 1 && tasks.tasks().getFirst().family().standardized();
    }

    private PairedDifference against(String other) {
        Metric metric = metric();
        return PairedDifference.of(scores, model.key(), other, metric, resampling.testToLearned(), task ->
                units() ? Summary.of(scores, MeanPredictor.KEY, task, metric).mean() : 1);
    }

    /** The model against plain regression in one sentence; empty where they are not compared. */
    public String sentence() {
        if (model.key().equals(Regression.KEY) || scores.stream().noneMatch(score -> score.estimator().equals(Regression.KEY))) {
            return "";
        }
        PairedDifference found = against(Regression.KEY);
        if (found.splits() == 0) {
            return "";
        }
        Metric metric = metric();
        boolean better = metric.higherIsBetter() ? found.first() > found.second() : found.first() < found.second();
        String figures = metric.label() + " " + Rounded.of(found.first()) + " against " + Rounded.of(found.second())
                + (units() ? " where predicting each task's mean has 1" : "") + ", mean over tasks";
        if (found.splits() == 1) {
            return model.name() + " and plain regression: " + figures + "; one split cannot tell a difference from chance";
        }
        String test = " and " + found.splits() + " splits (p = " + Rounded.of(found.p()) + ", corrected resampled t test)";
        return found.p() < SIGNIFICANT ? model.name() + " is " + (better ? "better" : "worse") + " than plain regression: " + figures + test
                : model.name() + " and plain regression do not differ by more than chance: " + figures + test;
    }

    /** The sentence, beginning with what is predicted where that is one of several responses. */
    public String about(boolean several) {
        String sentence = sentence();
        return several && !sentence.isEmpty() ? tasks.tasks().getFirst().about() + ": " + sentence : sentence;
    }

    /** The model against each of the others, as a table. */
    Table differences(List<Estimator> others) {
        List<List<String>> rows = new ArrayList<>();
        for (Estimator other : others) {
            PairedDifference found = against(other.key());
            if (found.splits() > 0) {
                rows.add(List.of(other.name(), Rounded.of(found.second()), Rounded.of(found.first()), Rounded.difference(found.first() -
                        found.second(), found.second()),
                        found.splits() == 1 ? "one split" : Rounded.probability(found.p())));
            }
        }
        return new Table(model.name() + " against the others, paired by split", "Mean over tasks and splits of " + metric().label()
                + (units() ? ", each task's as a share of that of its mean" : "") + "; "
                + (metric().higherIsBetter() ? "a difference above 0" : "a difference below 0") + " is in favor of " + model.name()
                + ". p-values: corrected resampled t test (Nadeau & Bengio 2003), two-sided, not adjusted for the number of comparisons.",
                List.of("method", "its " + metric().label(), model.name(), "difference", "p"), rows);
    }
}

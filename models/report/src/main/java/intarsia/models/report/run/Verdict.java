package intarsia.models.report.run;

import intarsia.models.Estimator;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.Regression;
import intarsia.models.data.Resampling;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.evaluation.LeaveOneTaskOut;
import intarsia.models.evaluation.PairedDifference;
import intarsia.models.evaluation.Summary;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model against others on the same splits: by the corrected resampled t test on the mean over tasks. Figures of responses with units are
 * shares of those of predicting each task's mean.
 *
 * @param tasks      the tasks
 * @param methods    what was compared, the model first
 * @param scores     all figures of the comparison, those of the mean predictor among them
 * @param resampling how rows were split
 */
public record Verdict(TaskSet tasks, List<Estimator> methods, List<Comparison.Score> scores, Resampling resampling) {
    private static final double SIGNIFICANT = 0.05;
    private static final String PLAIN = "plain regression";
    private static final String MEAN = "predicting each task's mean";

    /** Copies the list. */
    public Verdict {
        methods = List.copyOf(methods);
    }

    private Estimator model() {
        return methods.getFirst();
    }

    private Metric metric() {
        return tasks.tasks().getFirst().family().chosenBy();
    }

    private boolean units() {
        return tasks.tasks().size() > 1 && tasks.tasks().getFirst().family().standardized();
    }

    private PairedDifference against(String other) {
        Metric metric = metric();
        return PairedDifference.of(scores, model().key(), other, metric, resampling.testToLearned(), task ->
                units() ? Summary.of(scores, MeanPredictor.KEY, task, metric).mean() : 1);
    }

    /**
     * What the model is held against, by key and in words: plain regression, else pooled regression, else what is compared first, else the
     * mean. The same model in new tasks is no other model.
     */
    private Map<String, String> references() {
        Map<String, String> references = new LinkedHashMap<>();
        references.put(Regression.KEY, PLAIN);
        references.put(Regression.POOLED_KEY, "pooled regression");
        methods.stream().filter(method -> !(method instanceof LeaveOneTaskOut)).forEach(method ->
                references.putIfAbsent(method.key(), method.key().equals(MeanPredictor.KEY) ? MEAN : method.name()));
        references.putIfAbsent(MeanPredictor.KEY, MEAN);
        references.remove(model().key());
        return references;
    }

    /** The model against one other in one sentence; empty where it cannot be judged on held-out rows beside any. */
    public String sentence() {
        for (var reference : references().entrySet()) {
            PairedDifference found = against(reference.getKey());
            if (found.splits() > 0) {
                return sentence(found, reference.getValue());
            }
        }
        return "";
    }

    private String sentence(PairedDifference found, String other) {
        Metric metric = metric();
        boolean better = metric.higherIsBetter() ? found.first() > found.second() : found.first() < found.second();
        String name = model().key().equals(Regression.KEY) ? PLAIN : model().key().equals(MeanPredictor.KEY) ? MEAN : model().name();
        String figures = metric.label() + " " + Rounded.of(found.first()) + " against " + Rounded.of(found.second())
                + (units() && !other.equals(MEAN) && !name.equals(MEAN) ? " where " + MEAN + " has 1" : "")
                + (tasks.tasks().size() > 1 ? ", mean over tasks" : "");
        if (found.splits() == 1) {
            return name + " and " + other + ": " + figures + "; one split cannot tell a difference from chance";
        }
        String test = (tasks.tasks().size() > 1 ? " and " : ", mean over ") + found.splits() + " splits (p "
                + Rounded.probability(found.p()).replaceFirst("^(?=[0-9])", "= ") + ", corrected resampled t test)";
        return found.p() < SIGNIFICANT ? name + " is " + (better ? "better" : "worse") + " than " + other + ": " + figures + test
                : name + " and " + other + " do not differ by more than chance: " + figures + test;
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
        return new Table(model().name() + " against the others, paired by split", "Mean over tasks and splits of " + metric().label()
                + (units() ? ", each task's as a share of that of its mean" : "") + "; "
                + (metric().higherIsBetter() ? "a difference above 0" : "a difference below 0") + " is in favor of " + model().name()
                + ". p-values: corrected resampled t test (Nadeau & Bengio 2003), two-sided, not adjusted for the number of comparisons.",
                List.of("method", "its " + metric().label(), model().name(), "difference", "p"), rows);
    }
}

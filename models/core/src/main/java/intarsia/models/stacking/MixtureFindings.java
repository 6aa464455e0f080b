package intarsia.models.stacking;

import intarsia.models.Finding;
import intarsia.models.stacking.StackedModel.Settings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a mixture says of itself.
 *
 * @param settings its weights, and how they came about
 * @param tasks    its tasks
 */
record MixtureFindings(Settings settings, List<String> tasks) {
    /** What was taken, how the candidates fared, and weights where they differ between tasks. */
    List<Finding> all() {
        List<List<String>> rows = new ArrayList<>();
        for (CandidateScore score : settings.scores()) {
            rows.add(List.of(score.name(), score.deviance() == null || settings.rows() == 0 ? ""
                    : String.format(Locale.ROOT, "%.4g", score.deviance()),
                    score.weight() == 0 ? "" : figure(score.weight()), score.problem()));
        }
        rows.add(List.of("mixing, by weights of the other folds", settings.rows() == 0 ? ""
                : String.format(Locale.ROOT, "%.4g", settings.mixture()), "", ""));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.Text("auto", "What was taken", sentence()));
        Recalibration recalibration = settings.recalibration();
        if (recalibration.gain() != null) {
            findings.add(new Finding.Text("recalibration", "Are its probabilities changed",
                    String.format(Locale.ROOT, "%s: that %s the mean deviance of rows predicted without them by %.2g +- %.2g.\n",
                    recalibration.tasks().isEmpty() ? "no" : "yes",
                    recalibration.gain() < 0 ? "raises" : "lowers", Math.abs(recalibration.gain()), recalibration.error())));
        }
        if (!recalibration.tasks().isEmpty()) {
            findings.add(new Finding.Table("recalibration-lines", "Log odds are changed to intercept + slope times what they were; "
                    + "probabilities of levels are raised to the slope", List.of("task", "intercept", "slope"),
                    recalibration.tasks().entrySet().stream().map(of -> List.of(of.getKey(),
                            String.format(Locale.ROOT, "%.3f", of.getValue().intercept()),
                            String.format(Locale.ROOT, "%.3f", of.getValue().slope()))).toList()));
        }
        findings.add(new Finding.Table("candidates", "Candidates: mean deviance of " + settings.rows() + " rows, each predicted without it",
                List.of("candidate", "deviance", "weight", "left out because"), rows));
        if (ofTasksOwn()) {
            findings.add(new Finding.Table("weights", "Weights in each task", Stream.concat(Stream.of("task"), settings.mixed().stream())
                    .toList(), tasks.stream().map(task -> Stream.concat(Stream.of(task), settings.members().stream()
                            .map(member -> figure(member.weight(task)))).toList()).toList()));
        }
        return findings;
    }

    /** The weights, by what they are called. */
    Map<String, String> weights() {
        Map<String, String> weights = new LinkedHashMap<>();
        settings.members().forEach(member -> weights.put("weight of " + member.name(), member.byTask().isEmpty() ? figure(member.weight())
                : figure(Collections.min(member.byTask().values())) + " to " + figure(Collections.max(member.byTask().values()))
                        + " by task"));
        return weights;
    }

    private static String figure(double weight) {
        return String.format(Locale.ROOT, "%.2f", weight);
    }

    private boolean ofTasksOwn() {
        return !settings.members().getFirst().byTask().isEmpty();
    }

    /** Whether mixing was taken to be better than picking one, as {@link StackingWeights} decides. */
    private boolean isMixture() {
        return settings.gainError() != null && settings.gain() > settings.gainError();
    }

    private String sentence() {
        String first = settings.members().getFirst().name();
        if (settings.rows() == 0) {
            return first + ": no task has enough rows to compare candidates on.\n";
        }
        boolean judged = settings.gainError() != null && (settings.gain() != 0 || settings.gainError() != 0);
        String gain = !judged ? "" : String.format(Locale.ROOT, "%.2g +- %.2g in deviance",
                Math.abs(settings.gain()), settings.gainError());
        if (settings.members().size() == 1 && !isMixture()) {
            return first + " alone: the simplest that is within one standard error of the best" + (gain.isEmpty() ? ""
                    : "; mixing several would " + (settings.gain() < 0 ? "lose " : "gain ") + gain) + ".\n";
        }
        return (settings.members().size() == 1 ? first + " alone, which has all the weight in the best mixture"
                : "a mixture of " + String.join(", ", settings.mixed()) + (ofTasksOwn() ? ", with weights of each task's own" : ""))
                + (gain.isEmpty() ? "" : "; mixing is better than picking one by " + gain
                + ", each judged on rows that it was not chosen on") + ".\n";
    }
}

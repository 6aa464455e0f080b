package intarsia.models.stacking;

import intarsia.models.Finding;
import intarsia.models.stacking.StackedModel.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
                    score.weight() == 0 ? "" : StackedModel.figure(score.weight()), score.problem()));
        }
        rows.add(List.of("the mixture", settings.rows() == 0 ? "" : String.format(Locale.ROOT, "%.4g", settings.mixture()), "", ""));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.Text("auto", "What was taken", sentence()));
        findings.add(new Finding.Table("candidates", "Candidates: mean deviance of " + settings.rows() + " rows, each predicted without it",
                List.of("candidate", "deviance", "weight", "left out because"), rows));
        if (ofTasksOwn()) {
            findings.add(new Finding.Table("weights", "Weights in each task", Stream.concat(Stream.of("task"), settings.mixed().stream())
                    .toList(), tasks.stream().map(task -> Stream.concat(Stream.of(task), settings.members().stream()
                            .map(member -> StackedModel.figure(member.weight(task)))).toList()).toList()));
        }
        return findings;
    }

    private boolean ofTasksOwn() {
        return !settings.members().getFirst().byTask().isEmpty();
    }

    private String sentence() {
        String first = settings.members().getFirst().name();
        if (settings.rows() == 0) {
            return first + ": no task has enough rows to compare candidates on.\n";
        }
        String gain = settings.gainError() == null ? "" : String.format(Locale.ROOT, "%.2g +- %.2g in deviance", settings.gain(),
                settings.gainError());
        if (settings.members().size() == 1) {
            return first + " alone: the simplest that is within one standard error of the best"
                    + (gain.isEmpty() ? "" : "; mixing several would gain " + gain) + ".\n";
        }
        return "a mixture of " + String.join(", ", settings.mixed()) + (ofTasksOwn() ? ", with weights of each task's own" : "")
                + (gain.isEmpty() ? "" : "; it is better than the best alone by " + gain) + ".\n";
    }
}

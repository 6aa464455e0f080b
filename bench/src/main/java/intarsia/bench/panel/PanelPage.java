package intarsia.bench.panel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What was found, as a page: a table of ranks, a verdict on auto, a table for each study. */
final class PanelPage {
    private static final String AUTO = "auto";
    private static final double MARGIN = 0.03;

    private final List<PanelMethod> methods;
    private final Map<PanelStudy, List<PanelResult>> results;
    private final int splits;

    /**
     * Of results.
     *
     * @param splits how many were asked for
     */
    PanelPage(List<PanelMethod> methods, Map<PanelStudy, List<PanelResult>> results, int splits) {
        this.methods = methods;
        this.results = results;
        this.splits = splits;
    }

    /** A method's losses by split. */
    private static Map<Integer, Double> losses(List<PanelResult> of, String method) {
        Map<Integer, Double> losses = new TreeMap<>();
        of.stream().filter(result -> result.method().equals(method) && !Double.isNaN(result.loss()))
                .forEach(result -> losses.put(result.split(), result.loss()));
        return losses;
    }

    private static double mean(Iterable<Double> values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            sum += value;
            count++;
        }
        return sum / count;
    }

    /** Standard deviation over the root of the number; NaN of one. */
    private static double error(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    /** The splits that methods are compared on: those of auto, or of the method that ran on most where auto ran on none. */
    private Set<Integer> compared(List<PanelResult> of) {
        Set<Integer> auto = losses(of, AUTO).keySet();
        return !auto.isEmpty() ? auto : methods.stream().map(method -> losses(of, method.key()).keySet())
                .max(Comparator.comparing(Set::size)).orElse(Set.of());
    }

    /** Methods that were judged on these splits, with their losses there. */
    private Map<String, List<Double>> judged(List<PanelResult> of) {
        Set<Integer> on = compared(of);
        Map<String, List<Double>> judged = new LinkedHashMap<>();
        for (PanelMethod method : methods) {
            Map<Integer, Double> losses = losses(of, method.key());
            if (losses.keySet().containsAll(on) && !on.isEmpty()) {
                judged.put(method.key(), on.stream().map(losses::get).toList());
            }
        }
        return judged;
    }

    /** The page. */
    String text(List<String> versions, List<String> notes, String command) {
        StringBuilder text = new StringBuilder("""
                # Models on real data

                Every method learns from the same 80 % of each task's rows and predicts the other 20 %, on SPLITS random splits unless fewer
                are stated, those of `./intarsia fit`. A method that chooses by validation rows takes 20 of the 80 % for that; boosting,
                forest, regression and the peers then learn from all 80 %. Peers get the task as one more column, and continuous
                responses standardized within each task, as our models do.

                The loss of a binary response is the mean over tasks of the log loss. That of a continuous one is
                sqrt(mean over tasks of MSE / variance of the task's responses): 1 is about what a task's mean reaches. After it stands the
                standard error over splits; splits share rows, so it is too small for tests. Seconds are of one fit, on one thread of a
                machine that did other work too: take them roughly.

                - hist-gradient-boosting: scikit-learn's, learning rate 0.05; 4, 8 or 16 leaves and up to 500 trees by validation rows.
                - glmnet: R's lasso with effects of tasks, the penalty by 10 folds; missing cells at the mean, with 0/1 columns that say so.
                - mice-glmnet: the same after 5 imputations by R's mice (without the response), predictions averaged.
                - ranger: R's random forest with its defaults, missing cells as for glmnet.

                """.replace("SPLITS", Integer.toString(splits)));
        text.append("Peers run: ").append(versions.isEmpty() ? "none, none is installed" : String.join("; ", versions)).append(".\n\n```\n")
                .append(command).append("\n```\n");
        ranks(text);
        verdicts(text);
        results.forEach((study, of) -> study(text, study, of));
        if (!notes.isEmpty()) {
            text.append("\n## Not run\n\n");
            notes.forEach(note -> text.append("- ").append(note).append('\n'));
        }
        return text.toString();
    }

    private void ranks(StringBuilder text) {
        Map<String, List<Double>> ranks = new LinkedHashMap<>();
        methods.forEach(method -> ranks.put(method.key(), new ArrayList<>()));
        results.values().forEach(of -> {
            Map<String, Double> loss = new LinkedHashMap<>();
            judged(of).forEach((method, losses) -> loss.put(method, mean(losses)));
            loss.forEach((method, own) -> ranks.get(method).add(1 + loss.values().stream().filter(other -> other < own).count()
                    + 0.5 * (loss.values().stream().filter(other -> other.equals(own)).count() - 1)));
        });
        text.append("\n## Ranks\n\nBy mean loss within each data set, 1 the best, on the splits on which auto was judged; then averaged ")
                .append("over the data\nsets where a method was judged on those.\n\n| method | mean rank | data sets |\n|---|---|---|\n");
        ranks.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).sorted(Comparator.comparing(entry -> mean(entry.getValue())))
                .forEach(entry -> text.append(String.format(Locale.ROOT, "| %s | %.1f | %d |%n", entry.getKey(), mean(entry.getValue()),
                        entry.getValue().size())));
    }

    private void verdicts(StringBuilder text) {
        text.append("""

                ## Is auto safe?

                auto against the plain method that turned out best, on the same splits; plain are the baselines and the peers. The
                difference's standard error is that of paired splits. auto keeps up where it is at most 3 % worse, or at most one
                standard error.

                | data set | splits | auto | best plain method | its loss | difference | keeps up |
                |---|---|---|---|---|---|---|
                """);
        results.forEach((study, of) -> {
            Map<String, List<Double>> judged = judged(of);
            String best = methods.stream().filter(method -> method.plain() && judged.containsKey(method.key())).map(PanelMethod::key)
                    .min(Comparator.comparing(method -> mean(judged.get(method)))).orElse(null);
            if (!judged.containsKey(AUTO) || best == null) {
                text.append("| ").append(study.key()).append(" | 0 | not run yet | | | | |\n");
                return;
            }
            List<Double> auto = judged.get(AUTO);
            List<Double> other = judged.get(best);
            List<Double> differences = IntStream.range(0, auto.size()).mapToObj(i -> auto.get(i) - other.get(i)).toList();
            double difference = mean(differences);
            double error = error(differences);
            boolean close = difference <= MARGIN * mean(other);
            boolean oneError = difference <= error;
            text.append(String.format(Locale.ROOT, "| %s | %d | %.4f | %s | %.4f | %+.4f%s (%+.1f %%) | %s |%n", study.key(), auto.size(),
                    mean(auto), best, mean(other), difference, Double.isNaN(error) ? "" : String.format(Locale.ROOT, " ± %.4f", error),
                    100 * difference / mean(other), difference <= 0 ? "yes, better" : close ? "yes, within 3 %"
                            : oneError ? "yes, within one standard error" : "**no**"));
        });
    }

    private void study(StringBuilder text, PanelStudy study, List<PanelResult> of) {
        text.append("\n## ").append(study.key()).append("\n\n").append(study.study().name()).append(": ").append(study.tasks().size())
                .append(" tasks, ").append(study.rows()).append(" rows, ")
                .append(study.study().schema().columns().size()).append(" columns.\n\n| method | ")
                .append(study.lossName()).append(" | seconds |\n|---|---|---|\n");
        List<String> failed = new ArrayList<>();
        methods.stream().sorted(Comparator.comparing(method -> losses(of, method.key()).isEmpty() ? Double.POSITIVE_INFINITY
                : mean(losses(of, method.key()).values()))).forEach(method -> {
                    Map<Integer, Double> losses = losses(of, method.key());
                    Stream<PanelResult> own = of.stream().filter(result -> result.method().equals(method.key()));
                    if (losses.isEmpty()) {
                        failed.add(method.key() + " (" + own.map(PanelResult::note).findFirst().orElse("not run yet") + ")");
                        return;
                    }
                    double seconds = own.filter(result -> !Double.isNaN(result.loss())).mapToDouble(PanelResult::seconds).average()
                            .orElseThrow();
                    text.append(String.format(Locale.ROOT, "| %s | %.4f%s%s | %s |%n", method.key(), mean(losses.values()),
                            losses.size() < 2 ? "" : String.format(Locale.ROOT, " ± %.4f", error(List.copyOf(losses.values()))),
                            losses.size() < splits ? " (" + losses.size() + (losses.size() == 1 ? " split)" : " splits)") : "",
                            String.format(Locale.ROOT, seconds < 10 ? "%.1f" : "%.0f", seconds)));
                });
        if (!failed.isEmpty()) {
            text.append("\nWithout a figure: ").append(String.join("; ", failed)).append(".\n");
        }
    }
}

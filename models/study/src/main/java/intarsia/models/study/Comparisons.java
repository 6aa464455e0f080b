package intarsia.models.study;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The tables that every study has.
 *
 * @param plan     what was to be done
 * @param measured what was found
 */
public record Comparisons(StudyPlan<?> plan, Measurements measured) {
    /** Mean (standard deviation) of a column over replicates: a row a value of the setting, a column a method. */
    public Table means(Setting<?> setting, String column, String note) {
        List<Estimator> methods = methods(setting);
        List<String> header = new ArrayList<>(List.of(setting.symbol()));
        methods.forEach(method -> header.add(method.name()));
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            List<String> row = new ArrayList<>(List.of(Setting.text(value)));
            methods.forEach(method -> row.add(measured.of(setting, value, method).sample(column).text()));
            rows.add(row);
        }
        return new Table(setting.title(), note, header, rows);
    }

    /** One method against the others on the same replicates; smaller is better. */
    public Table paired(Setting<?> setting, Estimator reference, String column) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods(setting)) {
                PairedTest test = PairedTest.of(measured.of(setting, value, reference), measured.of(setting, value, method), column);
                if (!method.equals(reference) && test.pairs() > 0) {
                    rows.add(List.of(Setting.text(value), method.name(), Integer.toString(test.pairs()),
                            String.format(Locale.ROOT, "%+.3f", test.difference()),
                            test.smaller() + " of " + test.pairs(), PairedTest.text(test.tProbability()),
                                    PairedTest.text(test.signedRank())));
                }
            }
        }
        return new Table(setting.title() + ": " + reference.name() + " against the others, paired", "Mean of " + reference.name()
                + "'s minus the other's on the same replicates, replicates where " + reference.name()
                        + "'s is smaller, two-sided p-values of the paired "
                + "t-test and of Wilcoxon's signed-rank test; not corrected for the number of tests.",
                List.of(setting.symbol(), "against", "n", "difference", "better", "p (t)", "p (rank)"), rows);
    }

    /** One method against each other in every setting: in how many cells it is better. Less is better. */
    public Table standings(Estimator reference, String column) {
        List<List<String>> rows = new ArrayList<>();
        for (PairedWins standing : against(reference, column)) {
            for (Setting<?> setting : plan.settings()) {
                PairedWins in = standing.in(setting);
                if (!in.cells().isEmpty()) {
                    rows.add(List.of(Choices.shortName(standing.other()), setting.title(), in.better() + " of " + in.cells().size(),
                            Integer.toString(in.significantlyBetter(false)), Integer.toString(in.significantlyBetter(true)),
                            Integer.toString(in.significantlyWorse()),
                            PairedTest.text(in.cells().stream().mapToDouble(cell -> cell.test().signedRank()).max().orElse(Double.NaN))));
                }
            }
        }
        return new Table(reference.name() + " against the others", "Cells in which " + reference.name()
                + "'s mean is lower; how many of them with p < 0.05 by Wilcoxon's signed-rank test paired over replicates, and how many "
                + "after Holm's correction for all cells of all settings; cells where it is higher with p < 0.05; the largest p of the "
                + "setting's cells.",
                List.of("against", "setting", "lower", "p < 0.05", "corrected", "higher", "largest p"), rows);
    }

    /** One method against each of the others in all cells that have both. */
    public List<PairedWins> against(Estimator reference, String column) {
        return plan.methods().stream().filter(method -> !method.equals(reference))
                .map(method -> PairedWins.of(measured, plan.settings(), reference, method, column))
                .filter(standing -> !standing.cells().isEmpty()).toList();
    }

    /** Whether a column rises or falls along each setting, and what was expected; "" for nothing. */
    public Table trends(String column, Function<Setting<?>, String> expected) {
        List<List<String>> rows = new ArrayList<>();
        for (Setting<?> setting : plan.settings()) {
            for (Estimator method : plan.methods(setting)) {
                Trend trend = setting.values().size() < 2 ? null : Trend.of(measured, setting, method, column);
                if (trend != null && trend.replicates() > 0) {
                    rows.add(List.of(setting.key() + ": " + setting.symbol() + " from " + Setting.text(setting.values().getFirst()) + " to "
                            + Setting.text(setting.values().getLast()), Choices.shortName(method), Integer.toString(trend.replicates()),
                            Sample.number(trend.means().getFirst()) + " to " + Sample.number(trend.means().getLast()), trend.steps(),
                            String.format(Locale.ROOT, "%+.2f", trend.correlation()), PairedTest.text(trend.probability()), trend.found(),
                            expected.apply(setting)));
                }
            }
        }
        return new Table("Trends", "Along each setting: means at both ends, steps between neighboring values in which the means go the way "
                + "of the trend, the mean over replicates of the rank correlation with the value, and whether these lie around 0 "
                + "(Wilcoxon's signed-rank test).",
                List.of("setting", "method", "n", "means", "steps", "correlation", "p", "found", "published"), rows);
    }

    /** What methods cost, on average over everything; further columns may be named. */
    public Table effort(String... columns) {
        List<List<String>> rows = new ArrayList<>();
        for (Estimator method : plan.methods()) {
            Measurements of = measured.where(key -> key.method().equals(method.key()));
            List<String> row = new ArrayList<>(List.of(method.name(), Integer.toString(of.size()),
                    seconds(of.sample(item -> item.seconds().clock())), seconds(of.sample(item -> item.seconds().cpu()))));
            for (String column : columns) {
                row.add(of.size() == 0 ? "" : String.format(Locale.ROOT, "%.1f", of.sample(column).mean()));
            }
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("method", "items", "seconds", "of processor"));
        header.addAll(List.of(columns));
        return new Table("Effort", "Means over all items. Seconds are wall-clock time, with other items running at once; those of the "
                + "processor are of the thread that ran the item.", header, rows);
    }

    private static String seconds(Sample sample) {
        return sample.size() == 0 ? "" : String.format(Locale.ROOT, "%.2f", sample.mean());
    }

    private List<Estimator> methods(Setting<?> setting) {
        return List.copyOf(plan.methods(setting));
    }
}

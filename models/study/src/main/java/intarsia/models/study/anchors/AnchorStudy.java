package intarsia.models.study.anchors;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.Measurements;
import intarsia.models.study.PairedTest;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The study.
 *
 * @param settings   its lines
 * @param methods    what is compared, each where it belongs
 * @param replicates how many of each cell
 * @param work       how an item is done
 */
public record AnchorStudy(List<Setting<FactorTasks>> settings, List<Estimator> methods, int replicates, AnchorWork work) {
    /** The items, and what they depend on. */
    public StudyPlan<FactorTasks> plan() {
        return new StudyPlan<>("anchors study 2, seed " + work.seed() + ", " + StudyPlan.arithmetic(work.engine()), AnchorWork.COLUMNS,
                Item.crossed(settings, methods, replicates).stream()
                        .filter(item -> AnchorMethods.of(item.setting()).contains(item.method())).toList(), work);
    }

    /** What came out. */
    public StudyReport report(Measurements measured) {
        StudyPlan<FactorTasks> plan = plan();
        Comparisons compare = new Comparisons(plan, measured);
        List<Table> tables = new ArrayList<>();
        for (Setting<FactorTasks> setting : plan.settings()) {
            tables.add(means(setting, plan.methods(setting), measured));
        }
        tables.add(compare.effort());
        return new StudyReport("Anchors", List.of("The simulations are this project's own: three tasks whose sources all depend on the "
                + "same two factors. Test rows, 200 a task, are learned from by no method. All methods of a replicate see the same data.",
                "Anchor: the common sources of the tables that a model was fitted on (how often, where that differs). Imputed: RMSE of "
                + "cells of sources that a task lacks, over their root mean square, one and two links away; 1 is what a mean of 0 has. "
                + "Response: RMSE averaged over tasks; its noise alone is 0.3. Means (standard deviations) over replicates.",
                "Difference: that of the response's RMSE from the same model's with factors (the chain), with a (candidates) or with each "
                + "task's own (exchanged), in percent of it: below 0 is better. Replicates where it is smaller; two-sided p of the paired "
                + "t-test and of Wilcoxon's signed-rank test."), List.of(), tables);
    }

    /** Each method's errors, and its predictions' against those of its kind's reference. */
    private static Table means(Setting<FactorTasks> setting, List<Estimator> methods, Measurements measured) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                Measurements of = measured.of(setting, value, method);
                if (of.size() > 0) {
                    List<String> row = new ArrayList<>(List.of(Setting.text(value), method.name(), anchors(of),
                            of.sample(AnchorWork.ONE).text(), of.sample(AnchorWork.TWO).text(), of.sample(AnchorWork.RMSE).text()));
                    row.addAll(against(setting, value, method, methods, measured));
                    rows.add(row);
                }
            }
        }
        return new Table(setting.title(), "",
                List.of(setting.symbol(), "method", "anchor", "imputed, one link", "two links", "response", "difference", "better", "p (t)",
                        "p (rank)"), rows);
    }

    private static String anchors(Measurements of) {
        Map<String, Long> counts = of.rows().stream().collect(Collectors.groupingBy(row -> row.cells().text(AnchorWork.ANCHOR),
                TreeMap::new, Collectors.counting()));
        return counts.size() == 1 ? counts.keySet().iterator().next() : counts.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")").collect(Collectors.joining(", "));
    }

    private static List<String> against(Setting<FactorTasks> setting, double value, Estimator method, List<Estimator> methods,
            Measurements measured) {
        String kind = method.key().replaceFirst("-.*", "-");
        String best = AnchorMethods.reference(setting);
        for (Estimator other : methods) {
            PairedTest test = PairedTest.of(measured.of(setting, value, method), measured.of(setting, value, other), AnchorWork.RMSE);
            if (other.key().equals(kind + best) && !method.equals(other) && test.pairs() > 0) {
                double base = measured.of(setting, value, other).sample(AnchorWork.RMSE).mean();
                return List.of(String.format(Locale.ROOT, "%+.1f %%", 100 * test.difference() / base),
                        test.smaller() + " of " + test.pairs(), PairedTest.text(test.tProbability()), PairedTest.text(test.signedRank()));
            }
        }
        return List.of("", "", "", "");
    }
}

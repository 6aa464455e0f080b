package intarsia.models.study.sharing;

import intarsia.models.Estimator;
import intarsia.models.report.Figure;
import intarsia.models.report.Table;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.MeanLines;
import intarsia.models.study.Measurements;
import intarsia.models.study.PairedTest;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import intarsia.models.study.dual.DualData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The study.
 *
 * @param settings   its lines
 * @param methods    what is compared
 * @param replicates how many of each cell
 * @param work       how an item is done
 */
public record SharingStudy(List<Setting<DualData>> settings, List<Estimator> methods, int replicates, SharingWork work) {
    /** The items, and what they depend on. */
    public StudyPlan<DualData> plan() {
        return new StudyPlan<>("sharing study 2, seed " + work.seed() + ", " + StudyPlan.arithmetic(work.engine()), SharingWork.COLUMNS,
                Item.crossed(settings, methods, replicates), work);
    }

    /** What came out. */
    public StudyReport report(Measurements measured) {
        Comparisons compare = new Comparisons(plan(), measured);
        HeterogeneityTables along = new HeterogeneityTables(methods, measured);
        List<Figure> figures = new ArrayList<>();
        List<Table> tables = new ArrayList<>();
        for (Setting<DualData> setting : settings) {
            if (measured.of(setting).size() == 0) {
                continue;
            }
            tables.add(compare.means(setting, SharingWork.RMSE,
                    "Mean (standard deviation) over replicates of the RMSE on test rows, averaged over tasks. The noise alone is 0.2."));
            if (SharingSettings.isHeterogeneity(setting)) {
                figures.add(MeanLines.chart(measured, setting, methods, SharingWork.RMSE, "RMSE").figure(setting.key(), setting.title(),
                        "RMSE averaged over tasks, means over replicates with standard errors."));
                tables.add(along.thresholds(setting));
                tables.add(along.scale(setting));
            } else {
                tables.add(found(setting, measured));
            }
            tables.add(gains(setting, measured));
            Table mixtures = along.mixtures(setting);
            if (!mixtures.rows().isEmpty()) {
                tables.add(mixtures);
            }
        }
        tables.add(compare.effort());
        return new StudyReport("Who shares with whom", List.of("The simulations are this project's own. Test rows, 400 a task, are seen by "
                + "no method. All methods of a replicate see the same data."), figures, tables);
    }

    /** Which groups were found. */
    private Table found(Setting<DualData> setting, Measurements measured) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                Measurements of = measured.of(setting, value, method);
                if (of.size() > 0 && method.key().endsWith("-groups")) {
                    rows.add(List.of(Setting.text(value), method.name(), Integer.toString(of.size()),
                            share(of, row -> row.cells().number(SharingWork.RAND) == 1),
                            of.sample(SharingWork.RAND).text(),
                            share(of, row -> row.cells().number(SharingWork.RAND) >= 0.9),
                            of.sample(row -> (double) Arrays.stream(row.cells().numbers(SharingWork.GROUPS)).distinct().count()).text()));
                }
            }
        }
        return new Table(setting.title() + ": groups that were found", "In how many replicates they are the true ones (where there is an "
                + "outlier: it is alone, and the others together); mean (standard deviation) of the adjusted Rand index; in how many it "
                + "is 0.9 at least; how many groups.",
                List.of(setting.symbol(), "method", "replicates", "the true groups", "adjusted Rand index", "0.9 or more", "groups"), rows);
    }

    private static String share(Measurements of, Predicate<Measurements.Row> holds) {
        return Math.round(of.sample(row -> holds.test(row) ? 1.0 : 0.0).mean() * of.size()) + " of " + of.size();
    }

    /** Each method against its kind, all tasks together, in percent. */
    private Table gains(Setting<DualData> setting, Measurements measured) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : methods) {
                String kind = SharingMethods.kind(method);
                for (Estimator all : methods) {
                    Measurements own = measured.of(setting, value, method);
                    PairedTest test = PairedTest.of(own, measured.of(setting, value, all), SharingWork.RMSE);
                    if (all.key().equals(kind) && !method.equals(all) && test.pairs() > 0) {
                        double base = measured.of(setting, value, all).sample(SharingWork.RMSE).mean();
                        rows.add(List.of(Setting.text(value), method.name(), Integer.toString(test.pairs()),
                                String.format(Locale.ROOT, "%+.1f %%", 100 * test.difference() / base),
                                test.smaller() + " of " + test.pairs(), PairedTest.text(test.tProbability()),
                                PairedTest.text(test.signedRank()), lastTask(own), lastTask(measured.of(setting, value, all))));
                    }
                }
            }
        }
        return new Table(setting.title() + ": against all sharing, paired", "Mean RMSE against that of the same method with all tasks "
                + "together, in percent of it: below 0 is better. Replicates where it is smaller; two-sided p of the paired t-test and of "
                + "Wilcoxon's signed-rank test. The last task's RMSE, and the same with all together.",
                List.of(setting.symbol(), "method", "n", "difference", "better", "p (t)", "p (rank)", "last task", "together"), rows);
    }

    private static String lastTask(Measurements of) {
        return of.sample(row -> {
            double[] each = row.cells().numbers(SharingWork.BY_TASK);
            return each[each.length - 1];
        }).text();
    }
}

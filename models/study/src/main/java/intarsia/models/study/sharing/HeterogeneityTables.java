package intarsia.models.study.sharing;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.study.Measurements;
import intarsia.models.study.PairedTest;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lines along heterogeneity say: how far tasks differ as measured, from where sharing no longer helps, and whether mixtures find out.
 *
 * @param methods  what is compared
 * @param measured what was found
 */
record HeterogeneityTables(List<Estimator> methods, Measurements measured) {
    /** From where along a line sharing no longer helps, method by method. */
    Table thresholds(Setting<?> setting) {
        double[] values = setting.values().stream().mapToDouble(Double::doubleValue).toArray();
        double[] discrepancy = scale(setting, SharingWork.DISCREPANCY);
        double[] disagreement = scale(setting, SharingWork.DISAGREEMENT);
        List<List<String>> rows = new ArrayList<>();
        for (Estimator together : methods) {
            Estimator alone = methods.stream().filter(other -> other.key().equals(together.key() + "-alone")).findFirst().orElse(null);
            double[][] gains = alone == null ? new double[0][] : gains(setting, together, alone);
            if (gains.length > 0) {
                SharingThreshold found = SharingThreshold.of(values, gains, RandomStream.of(1, "threshold/" + together.key()));
                int last = values.length - 1;
                rows.add(List.of(together.name(), Integer.toString(gains.length), percent(gains, 0), percent(gains, last),
                        found.text(values[last]),
                        there(found, values, discrepancy), there(found, values, disagreement)));
            }
        }
        return new Table(setting.title() + ": from where sharing no longer helps", "Mean of the log ratio of RMSEs, alone over together, "
                + "at both ends of the line, in percent: above 0 sharing helps. The first " + setting.symbol() + " at which it does not, "
                + "linear between values, with the 95 % bootstrap interval over replicates; and the scale as measured there, by what "
                + "`describe --heterogeneity` computes: squared maximum mean discrepancy of features, and how much larger squared errors "
                + "of two tasks are together than alone, means over pairs of tasks (measured with regression of tasks alone).",
                List.of("method", "n", "at " + Setting.text(values[0]), "at " + Setting.text(values[values.length - 1]), setting.symbol()
                        + " (95 %)", "squared MMD", "disagreement"), rows);
    }

    private static String there(SharingThreshold found, double[] values, double[] scale) {
        double last = scale[scale.length - 1];
        return Double.isNaN(last) ? "" : SharingThreshold.number(SharingThreshold.on(found.at(), values, scale), last);
    }

    /** The scale as it is measured. */
    Table scale(Setting<?> setting) {
        List<List<String>> rows = setting.values().stream().map(value -> List.of(Setting.text(value),
                at(setting, value, SharingWork.DISCREPANCY).text(), at(setting, value, SharingWork.DISAGREEMENT).text())).toList();
        return new Table(setting.title() + ": as measured", "Means over pairs of tasks, then means (standard deviations) over replicates.",
                List.of(setting.symbol(), "squared MMD", "disagreement"), rows);
    }

    /** Mixtures against the best of what they mix, which is known afterwards only. */
    Table mixtures(Setting<?> setting) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator mixture : methods) {
                List<Estimator> mixed = methods.stream().filter(method -> SharingMethods.mixed(mixture).contains(method.key())
                        && measured.of(setting, value, method).size() > 0).toList();
                if (mixed.isEmpty() || measured.of(setting, value, mixture).size() == 0) {
                    continue;
                }
                Map<Integer, Double> own = rmse(setting, value, mixture);
                Estimator best = mixed.stream().min(Comparator.comparingDouble(method -> mean(rmse(setting, value, method), own))).get();
                Estimator worst = mixed.stream().max(Comparator.comparingDouble(method -> mean(rmse(setting, value, method), own))).get();
                PairedTest test = PairedTest.of(measured.of(setting, value, mixture), measured.of(setting, value, best), SharingWork.RMSE);
                double base = mean(rmse(setting, value, best), own);
                rows.add(List.of(Setting.text(value), mixture.name(), Integer.toString(test.pairs()), best.name(),
                        String.format(Locale.ROOT, "%+.1f %%", 100 * test.difference() / base), test.smaller() + " of " + test.pairs(),
                        PairedTest.text(test.signedRank()), worst.name(),
                        String.format(Locale.ROOT, "%+.1f %%", 100 * (mean(rmse(setting, value, worst), own) / base - 1))));
            }
        }
        return new Table(setting.title() + ": mixtures", "A mixture's mean RMSE against that of the best of the methods that it mixes, in "
                + "percent of it; replicates where it is smaller, p of Wilcoxon's signed-rank test. Which is the best is known afterwards "
                + "only. And the worst of them, against the best.",
                List.of(setting.symbol(), "mixture", "n", "the best", "difference", "better", "p (rank)", "the worst", "difference"), rows);
    }

    private Sample at(Setting<?> setting, double value, String column) {
        Map<Integer, Double> byReplicate = new TreeMap<>();
        measured.of(setting).where(key -> key.value() == value).rows().stream()
                .filter(row -> !row.cells().text(column).isEmpty()).forEach(row ->
                        byReplicate.put(row.key().replicate(), row.cells().number(column)));
        return new Sample(byReplicate.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    private double[] scale(Setting<?> setting, String column) {
        return setting.values().stream().mapToDouble(value -> at(setting, value, column).mean()).toArray();
    }

    private Map<Integer, Double> rmse(Setting<?> setting, double value, Estimator method) {
        Map<Integer, Double> all = new TreeMap<>();
        measured.of(setting, value, method).rows().stream().filter(row -> !row.cells().text(SharingWork.RMSE).isEmpty()).forEach(row ->
                all.put(row.key().replicate(), row.cells().number(SharingWork.RMSE)));
        return all;
    }

    /** Over the replicates of another. */
    private static double mean(Map<Integer, Double> rmse, Map<Integer, Double> where) {
        return rmse.entrySet().stream().filter(entry -> where.containsKey(entry.getKey())).mapToDouble(Map.Entry::getValue).average()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Of the replicates that have all values of both. */
    private double[][] gains(Setting<?> setting, Estimator together, Estimator alone) {
        Map<Integer, List<Double>> gains = new TreeMap<>();
        for (double value : setting.values()) {
            Map<Integer, Double> base = rmse(setting, value, alone);
            rmse(setting, value, together).forEach((replicate, rmse) -> {
                if (base.containsKey(replicate)) {
                    gains.computeIfAbsent(replicate, r -> new ArrayList<>()).add(Elementary.log(base.get(replicate) / rmse));
                }
            });
        }
        return gains.values().stream().filter(of -> of.size() == setting.values().size())
                .map(of -> of.stream().mapToDouble(Double::doubleValue).toArray()).toArray(double[][]::new);
    }

    private static String percent(double[][] gains, int value) {
        return String.format(Locale.ROOT, "%+.1f", 100 * Arrays.stream(gains).mapToDouble(of -> of[value]).average().orElse(Double.NaN));
    }
}

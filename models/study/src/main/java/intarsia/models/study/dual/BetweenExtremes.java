package intarsia.models.study.dual;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.study.Measurements;
import intarsia.models.study.PairedTest;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The method between the extremes, every task alone and all tasks in one: as good as the better at both ends, better than both in between.
 */
final class BetweenExtremes {
    private static final double WITHIN = 0.02;

    private final Setting<DualData> setting;
    private final Measurements measured;
    private final Optional<Estimator> alone;
    private final Optional<Estimator> pooled;
    private final Optional<Estimator> dual;

    BetweenExtremes(DualSettings line, Measurements measured) {
        this.setting = line.setting();
        this.measured = measured;
        this.alone = method("stl");
        this.pooled = method("pooled");
        this.dual = method("group");
    }

    private Optional<Estimator> method(String key) {
        return DualMethods.all().stream().filter(method -> method.key().equals(key)
                && setting.values().stream().allMatch(value -> measured.of(setting, value, method).size() > 0)).findFirst();
    }

    /** Whether all three were measured everywhere. */
    boolean known() {
        return alone.isPresent() && pooled.isPresent() && dual.isPresent();
    }

    private double mean(Estimator method, double value) {
        return measured.of(setting, value, method).sample(DualWork.RMSE).mean();
    }

    /** The method's mean RMSE as a multiple of the better extreme's. */
    private double ratio(double value) {
        return mean(dual.orElseThrow(), value) / Math.min(mean(alone.orElseThrow(), value), mean(pooled.orElseThrow(), value));
    }

    private boolean end(double value) {
        return value == setting.values().getFirst() || value == setting.values().getLast();
    }

    String verdict() {
        boolean ends = setting.values().stream().filter(this::end).allMatch(value -> ratio(value) <= 1 + WITHIN);
        boolean between = setting.values().stream().filter(value -> !end(value)).allMatch(value -> ratio(value) < 1);
        return "Between the extremes: at both ends of heterogeneity the dual encoder's mean RMSE is " + (ends ? "" : "not ")
                + "within 2 % of the better of single task and pooled, and in between it is " + (between ? "" : "not everywhere ")
                        + "below both.";
    }

    Table table() {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            List<String> row = new ArrayList<>(List.of(Setting.text(value), Sample.number(mean(alone.orElseThrow(), value)),
                    Sample.number(mean(pooled.orElseThrow(), value)), Sample.number(mean(dual.orElseThrow(), value)),
                    String.format(Locale.ROOT, "%+.1f %%", 100 * (ratio(value) - 1))));
            for (Estimator extreme : List.of(alone.orElseThrow(), pooled.orElseThrow())) {
                PairedTest test = PairedTest.of(measured.of(setting, value, dual.orElseThrow()), measured.of(setting, value, extreme),
                        DualWork.RMSE);
                row.add(String.format(Locale.ROOT, "%+.3f", test.difference()) + ", " + test.smaller() + " of " + test.pairs());
                row.add(PairedTest.text(test.tProbability()));
            }
            rows.add(row);
        }
        return new Table("Between the extremes", "Mean RMSE; the dual encoder's against the better extreme, in percent; paired differences "
                + "from each, replicates where the dual encoder's is smaller, and the two-sided p of the paired t-test.",
                        List.of(setting.symbol(), "single task", "pooled",
                "dual encoder", "against the better", "minus single task", "p", "minus pooled", "p"), rows);
    }
}

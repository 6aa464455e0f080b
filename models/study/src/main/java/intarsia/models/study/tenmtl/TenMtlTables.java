package intarsia.models.study.tenmtl;

import intarsia.models.Estimator;
import intarsia.models.report.Table;
import intarsia.models.study.Measurements;
import intarsia.models.study.Sample;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The tables that this study alone has. */
final class TenMtlTables {
    private static final String TEN_MTL = "tenmtl";

    private final StudyPlan<Trial> plan;
    private final Measurements measured;

    TenMtlTables(StudyPlan<Trial> plan, Measurements measured) {
        this.plan = plan;
        this.measured = measured;
    }

    /** Real data: a row for each method, a column for each setting. Errors span four orders of magnitude, hence significant digits. */
    Table real(List<Setting<Trial>> settings) {
        List<String> header = new ArrayList<>(List.of("method"));
        settings.forEach(setting -> header.add(setting.title().replaceFirst("^.*?: ", "")));
        List<List<String>> rows = new ArrayList<>();
        for (Estimator method : settings.stream().flatMap(setting -> plan.methods(setting).stream()).distinct().toList()) {
            List<String> row = new ArrayList<>(List.of(method.name()));
            for (Setting<Trial> setting : settings) {
                Sample sample = rmse(setting, method);
                row.add(sample.size() == 0 ? "" : digits(sample.mean()) + (sample.size() < 2 ? "" : " (" + digits(sample.deviation()) + ")")
                        + ", " + sample.size());
            }
            rows.add(row);
        }
        return new Table("Parkinson's telemonitoring", "RMSE on 30 % of each patient's rows: mean (standard deviation), number of splits.",
                header, rows);
    }

    private Sample rmse(Setting<Trial> setting, Estimator method) {
        return measured.of(setting, setting.values().getFirst(), method).sample(TenMtlWork.RMSE);
    }

    /** How far TenMTL is from the best other method, by the ratio of errors on the splits that both have; a line for each setting. */
    List<String> leads(List<Setting<Trial>> settings) {
        List<String> leads = new ArrayList<>();
        for (Setting<Trial> setting : settings) {
            plan.methods(setting).stream().filter(method -> !method.key().equals(TEN_MTL)).map(method -> lead(setting, method))
                    .filter(lead -> lead.splits > 0).max(Comparator.comparingDouble(lead -> lead.tenMtl / lead.other))
                    .ifPresent(lead -> leads.add(String.format(Locale.ROOT,
                            "%s: TenMTL %s, %s, the best other method, %s on the same %d splits: %.1f %% %s.", setting.title(),
                            digits(lead.tenMtl), lead.name, digits(lead.other), lead.splits, 100 * Math.abs(lead.tenMtl / lead.other - 1),
                            lead.tenMtl <= lead.other ? "below" : "above")));
        }
        return leads;
    }

    /** Mean errors of TenMTL and of another method on the splits that both have. */
    private record Lead(String name, double tenMtl, double other, int splits) {}

    private Lead lead(Setting<Trial> setting, Estimator method) {
        double tenMtl = 0;
        double other = 0;
        int splits = 0;
        for (Measurements.Row row : measured.of(setting, setting.values().getFirst(), method).rows()) {
            Sample same = measured.of(setting).where(key -> key.method().equals(TEN_MTL) && key.replicate() == row.key().replicate())
                    .sample(TenMtlWork.RMSE);
            if (same.size() > 0) {
                tenMtl += same.mean();
                other += row.cells().number(TenMtlWork.RMSE);
                splits++;
            }
        }
        return new Lead(method.name(), tenMtl / splits, other / splits, splits);
    }

    /** How far apart starts end. */
    Table starts(Setting<Trial> setting) {
        List<List<String>> rows = new ArrayList<>();
        for (Measurements.Row row : measured.of(setting).rows()) {
            double[] ends = row.cells().numbers(TenMtlWork.ENDS);
            double[] reached = row.cells().numbers(TenMtlWork.REACHED);
            double[] distances = row.cells().numbers(TenMtlWork.DISTANCES);
            double[] random = Arrays.copyOfRange(ends, 1, ends.length);
            Arrays.sort(random);
            double median = new Sample(Arrays.copyOfRange(distances, 1, distances.length)).quantile(0.5);
            double near = IntStream.range(0, ends.length).filter(s -> ends[s] <= TenMtlWork.NEAR).mapToDouble(s -> distances[s]).max()
                    .orElse(0);
            double[] sweeps = Arrays.stream(reached).skip(1).filter(s -> !Double.isNaN(s)).sorted().toArray();
            rows.add(List.of(Setting.text(row.key().value()), Integer.toString(row.key().replicate()), percent(ends[0]), percent(random[0]),
                    percent(random[random.length / 2]), percent(random[random.length - 1]), Double.isNaN(reached[0]) ? "never"
                            : Setting.text(reached[0]),
                    sweeps.length == 0 ? "never" : Setting.text(sweeps[sweeps.length / 2]), sweeps.length + " of " + random.length,
                    Sample.number(distances[0]), Sample.number(median), power(near), power(row.cells().number(TenMtlWork.VIOLATION))));
        }
        return new Table(setting.title(), "Objectives after 100 sweeps, above the best of all starts; sweeps until within 0.1 % of it, "
                + "for random starts the median of those that got there. Distance of coefficients from those of the best start, "
                + "||B - B_best|| / ||B_best||: of the local start, the median random one, and the farthest of those within 0.1 %. "
                + "Stationary to: the largest violation of the first-order conditions where the best start ended.",
                List.of(setting.symbol(), "replicate", "local start", "best random", "median random", "worst random", "sweeps, local",
                        "sweeps, random", "got there", "distance, local", "distance, random", "distance within 0.1 %", "stationary to"),
                                rows);
    }

    /** How often each way of choosing finds the true ranks, and the error of coefficients. */
    Table choice(Setting<Trial> setting) {
        List<List<String>> rows = new ArrayList<>();
        for (double value : setting.values()) {
            for (Estimator method : plan.methods(setting)) {
                Measurements all = measured.of(setting, value, method);
                Sample found = all.sample(TenMtlWork.TRUE_RANKS);
                rows.add(List.of(Setting.text(value), method.key().equals(TenMtlWork.BY_BIC) ? "BIC" : "validation",
                        Math.round(found.size() * found.mean()) + " of " + found.size(), all.sample(TenMtlWork.ERROR).text(),
                        all.sample(TenMtlWork.RMSE).text()));
            }
        }
        return new Table(setting.title(), "Replicates in which the true ranks were chosen; relative error of the coefficients, "
                + "||B_hat - B|| / ||B||, and RMSE on test rows, mean (standard deviation). Validation: a quarter of each individual's "
                + "rows, then fitted to all.", List.of(setting.symbol(), "by", "true ranks", "error", "RMSE"), rows);
    }

    /** Errors by reading, and how far TenMTL is from the best other method by each way to average them. */
    List<Table> readings(Setting<Trial> setting) {
        List<Estimator> methods = List.copyOf(plan.methods(setting));
        List<String> header = new ArrayList<>(List.of(setting.symbol(), "what is done"));
        methods.forEach(method -> header.add(method.name()));
        List<List<String>> errors = new ArrayList<>();
        List<List<String>> leads = new ArrayList<>();
        for (double value : setting.values()) {
            List<String> first = List.of(Setting.text(value), Reading.of(value).words());
            List<String> means = new ArrayList<>(first);
            methods.forEach(method -> means.add(measured.of(setting, value, method).sample(TenMtlWork.RMSE).text()));
            errors.add(means);
            List<String> lead = new ArrayList<>(first);
            for (String column : List.of(TenMtlWork.RMSE, TenMtlWork.BY_INDIVIDUAL, TenMtlWork.RELATIVE)) {
                lead.add(against(setting, value, methods, column));
            }
            leads.add(lead);
        }
        return List.of(new Table(setting.title(), "RMSE on 30 % of each patient's rows, mean (standard deviation) over splits.", header,
                errors), new Table(setting.title() + ": TenMTL against the best other method", "Ratio of mean errors less 1, and that "
                + "method: RMSE over all rows; mean over patients of each one's RMSE; the same over the standard deviation of the "
                + "patient's scores.",
                List.of(setting.symbol(), "what is done", "all rows", "by patient", "relative"), leads));
    }

    private String against(Setting<Trial> setting, double value, List<Estimator> methods, String column) {
        Estimator tenMtl = methods.stream().filter(method -> method.key().equals(TEN_MTL)).findFirst().orElse(null);
        Estimator best = methods.stream().filter(method -> method != tenMtl && measured.of(setting, value, method).size() > 0)
                .min(Comparator.comparingDouble(method -> measured.of(setting, value, method).sample(column).mean())).orElse(null);
        return tenMtl == null || best == null ? "" : String.format(Locale.ROOT, "%+.1f %%, %s",
                100 * (measured.of(setting, value, tenMtl).sample(column).mean() / measured.of(setting, value, best).sample(column).mean()
                        - 1), best.name());
    }

    private static String percent(double share) {
        return share > 10 ? String.format(Locale.ROOT, "%.3g times", share) : String.format(Locale.ROOT, "%.3f %%", 100 * share);
    }

    private static String power(double number) {
        return String.format(Locale.ROOT, "%.1e", number);
    }

    private static String digits(double number) {
        return String.format(Locale.ROOT, number >= 0.1 ? "%.4f" : "%.6f", number);
    }
}

package intarsia.models.study.tenmtl;

import intarsia.models.Estimator;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.models.report.Table;
import intarsia.models.selection.Tuned;
import intarsia.models.study.BoxPlots;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.MeanLines;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import intarsia.models.tenmtl.Local;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * TenMTL and its baselines, simulated and on Parkinson's telemonitoring.
 *
 * @param settings   what is done
 * @param methods    what is compared; settings of recovery, ranks, penalties and starts are TenMTL's alone
 * @param replicates of simulations and of the comparisons on Parkinson's; a third as many of the slowest methods and of the readings
 *                   there, a tenth as many of ranks there and of starts, at least one
 * @param starts     how many random starts the settings of starts have
 * @param seed       what all random numbers are derived from
 */
public record TenMtlStudy(List<Setting<Trial>> settings, List<Estimator> methods, int replicates, int starts, long seed) {
    private static final int SWEEPS = 100;
    /** Its candidates are each trial's. */
    private static final TenMtl TEN_MTL = TenMtl.options();
    private static final Estimator BY_BIC = TEN_MTL.named(TenMtlWork.BY_BIC, "TenMTL by BIC");
    private static final Estimator BY_CLASS = TEN_MTL.named(TenMtlWork.BY_CLASS, "TenMTL, a model for each class");
    private static final List<String> SLOW = List.of("mean-regularized", "l21", "trace", "lr-tucker");
    private static final List<String> SIMULATED = List.of("tenmtl", "local-ridge", "local-lasso", "global", "lr-tucker", "lr-tucker-local",
            "svd-aso");
    private static final List<String> OF_CLASSES = List.of("local-ridge", "lr-tucker");
    private static final List<String> OF_SEVERAL = List.of("tenmtl", "local-ridge", "global");
    private static final List<Estimator> PARTLY = List.of(TEN_MTL.named(TenMtlWork.JOINED, "TenMTL, one vector"),
            TEN_MTL.named(TenMtlWork.ONLY + 1, "TenMTL, vector only"), TEN_MTL.named(TenMtlWork.ONLY + 2, "TenMTL, 8 x 6 only"),
            TEN_MTL.named(TenMtlWork.ONLY + 3, "TenMTL, 12 x 10 only"));
    private static final List<String> FAR_ABOVE = List.of("global", "lr-tucker");

    /** What the paper calls local may be. */
    private static final Estimator LEAST_SQUARES = new Tuned("local-least-squares", "local least squares",
            List.of(new Local(0, 1e-10)), true);

    /** All methods, TenMTL first. */
    public static List<Estimator> allMethods() {
        List<Estimator> all = new ArrayList<>(List.of(TEN_MTL));
        all.addAll(PersonalBaselines.all(TensorForm.AS_GIVEN));
        return all;
    }

    /** The items, and what they depend on. */
    public StudyPlan<Trial> plan(String data) {
        List<Item<Trial>> items = new ArrayList<>();
        for (int replicate = 1; replicate <= replicates; replicate++) {
            for (Setting<Trial> setting : settings) {
                for (double value : setting.values()) {
                    for (Estimator method : methods(setting, replicate)) {
                        items.add(new Item<>(setting, value, replicate, method));
                    }
                }
            }
        }
        return new StudyPlan<>("tenmtl study 6, seed " + seed + data, TenMtlWork.COLUMNS, items, new TenMtlWork(seed));
    }

    private List<Estimator> methods(Setting<Trial> setting, int replicate) {
        int third = Math.max(1, replicates / 3);
        int tenth = Math.max(1, replicates / 10);
        if (setting.key().endsWith("starts")) {
            return replicate <= tenth ? List.of(TEN_MTL.search(new TenMtl.Search(starts, SWEEPS, Double.MIN_NORMAL))
                    .named("tenmtl-" + starts + "-starts", "TenMTL, " + starts + " random starts")) : List.of();
        }
        if (setting.key().endsWith(TenMtlSettings.CHOICE)) {
            return List.of(TEN_MTL, BY_BIC);
        }
        if (setting.key().equals(TenMtlSettings.CLASSES)) {
            return Stream.concat(Stream.of(TEN_MTL, BY_CLASS), methods.stream().filter(method -> OF_CLASSES.contains(method.key())))
                    .toList();
        }
        if (setting.key().endsWith(TenMtlSettings.READINGS)) {
            return replicate > third ? List.of() : Stream.concat(methods.stream().filter(method -> SIMULATED.contains(method.key())),
                    Stream.of(LEAST_SQUARES)).toList();
        }
        if (setting.key().startsWith(TenMtlSettings.COUPLED)) {
            List<Estimator> all = new ArrayList<>(methods.stream().filter(method -> OF_SEVERAL.contains(method.key())).toList());
            all.addAll(all.indexOf(TEN_MTL) + 1, all.contains(TEN_MTL) ? PARTLY : List.of());
            return all;
        }
        if (setting.key().endsWith("-rank")) {
            return replicate <= tenth ? List.of(TEN_MTL) : List.of();
        }
        if (setting.parameter().equals("rank") || setting.parameter().equals("lasso") || setting.key().endsWith(TenMtlSettings.RECOVERY)) {
            return List.of(TEN_MTL);
        }
        if (!setting.parameter().equals("share")) {
            return methods.stream().filter(method -> SIMULATED.contains(method.key())).toList();
        }
        return methods.stream().filter(method -> (!SLOW.contains(method.key()) || replicate <= third) && suits(setting, method)).toList();
    }

    /** The trace norm's solver does not converge on nearly collinear predictors, as hinges of time are. */
    private static boolean suits(Setting<Trial> setting, Estimator method) {
        return !(method.key().equals("trace") && setting.key().endsWith("-time"));
    }

    /** What came out. */
    public StudyReport report(StudyPlan<Trial> plan, Measurements measured) {
        TenMtlTables own = new TenMtlTables(plan, measured);
        Comparisons compare = new Comparisons(plan, measured);
        List<Table> tables = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        List<Setting<Trial>> real = settings.stream().filter(setting -> setting.parameter().equals("share")).toList();
        if (!real.isEmpty()) {
            tables.add(own.real(real));
        }
        List<Setting<Trial>> planted = settings.stream().filter(setting -> setting.key().endsWith(TenMtlSettings.RECOVERY)).toList();
        if (!planted.isEmpty()) {
            Recovery recovery = new Recovery(planted, TEN_MTL, measured);
            tables.add(recovery.table());
            figures.add(recovery.figure());
        }
        List<String> summary = new ArrayList<>(own.leads(real));
        for (Setting<Trial> setting : settings.stream().filter(setting -> !planted.contains(setting)).toList()) {
            if (setting.key().endsWith("starts")) {
                tables.add(own.starts(setting));
                figures.addAll(convergence(setting, measured));
                continue;
            }
            if (setting.key().endsWith(TenMtlSettings.CHOICE)) {
                tables.add(own.choice(setting));
                continue;
            }
            if (setting.key().equals(TenMtlSettings.CLASSES)) {
                tables.add(compare.means(setting, TenMtlWork.LOG_LOSS, "Log loss on test rows, mean (standard deviation) over "
                        + "replicates."));
                tables.add(compare.means(setting, TenMtlWork.ACCURACY, "Share of test rows whose likeliest class is right."));
                tables.add(compare.paired(setting, TEN_MTL, TenMtlWork.LOG_LOSS));
                continue;
            }
            if (setting.key().endsWith(TenMtlSettings.READINGS)) {
                tables.addAll(own.readings(setting));
                continue;
            }
            if (setting.parameter().equals("share")) {
                List<Estimator> drawn = plan.methods(setting).stream().filter(method -> !FAR_ABOVE.contains(method.key())).toList();
                BoxPlots.figure(setting.key(), setting.title(), "RMSE on test rows over splits; global and LR-Tucker, the same for all "
                        + "individuals, are far above and left out.", "RMSE", setting, drawn,
                        (value, method) -> measured.of(setting, value, method).sample(TenMtlWork.RMSE)).ifPresent(figures::add);
                plan.methods(setting).stream().filter(TEN_MTL::equals).findFirst()
                        .ifPresent(method -> tables.add(compare.paired(setting, method, TenMtlWork.RMSE)));
                continue;
            }
            if (setting.key().startsWith(TenMtlSettings.COUPLED)) {
                tables.add(compare.means(setting, TenMtlWork.MEASURED, "RMSE of individuals that lacked a modality, in test rows that have "
                        + "it: their coefficients of it come from the others alone."));
                plan.methods(setting).stream().filter(TEN_MTL::equals).findFirst()
                        .ifPresent(method -> tables.add(compare.paired(setting, method, TenMtlWork.RMSE)));
            }
            tables.add(compare.means(setting, TenMtlWork.RMSE, "RMSE on test rows, mean (standard deviation) over replicates; where data "
                    + "are simulated the noise alone is 0.5."));
            LineChart rmse = MeanLines.chart(measured, setting, plan.methods(setting), TenMtlWork.RMSE, "RMSE");
            if (!rmse.lines().isEmpty()) {
                figures.add(rmse.figure(setting.key(), setting.title(), "Means over replicates with standard errors."));
            }
            if (setting.parameter().equals("n") || setting.key().equals(TenMtlSettings.COUPLED)) {
                tables.add(compare.means(setting, TenMtlWork.ERROR, "Relative error of the coefficients, ||B_hat - B|| / ||B||."));
            }
            if (setting.parameter().equals("n")) {
                figures.add(MeanLines.chart(measured, setting, plan.methods(setting), TenMtlWork.ERROR, "relative error").logarithmic()
                        .figure(setting.key() + "-error", setting.title() + ": recovery",
                                "Relative error of the coefficients against rows of each individual."));
            }
        }
        tables.add(compare.effort());
        return new StudyReport("TenMTL and its baselines", summary, figures, tables);
    }

    private static List<Figure> convergence(Setting<Trial> setting, Measurements measured) {
        List<Figure> figures = new ArrayList<>();
        for (Measurements.Row row : measured.of(setting).where(key -> key.replicate() == 1).rows()) {
            double[] local = row.cells().numbers(TenMtlWork.LOCAL);
            double[] random = row.cells().numbers(TenMtlWork.RANDOM);
            double least = Math.min(IntStream.range(0, local.length).mapToDouble(i -> local[i]).min().orElse(1),
                    IntStream.range(0, random.length).mapToDouble(i -> random[i]).min().orElse(1));
            String value = Setting.text(row.key().value());
            List<LineChart.Line> lines = List.of(line("local start", local, least), line("median random start", random, least));
            figures.add(new LineChart("sweep", "objective above the lower end, relative", false, true, lines)
                    .figure(setting.key() + "-" + value, setting.title() + ", " + value,
                            "The objective after each sweep, from the local start and from the median random one, replicate 1."));
        }
        return figures;
    }

    /** Above the end and a millionth of it, so that the last sweeps have a place on a log axis. */
    private static LineChart.Line line(String name, double[] trace, double least) {
        return LineChart.Line.of(name, IntStream.range(0, trace.length).mapToDouble(i -> i).toArray(),
                IntStream.range(0, trace.length).mapToDouble(i -> trace[i] / least - 1 + 1e-6).toArray());
    }
}

package intarsia.models.report.run;

import intarsia.models.evaluation.JudgedRows;
import intarsia.models.report.Figure;
import intarsia.models.report.Plane;
import intarsia.models.report.Rounded;
import intarsia.models.report.Table;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Survival of rows at low, middle and high predicted risk: that observed, by Kaplan and Meier, and the mean of that predicted.
 *
 * @param task    the task's name
 * @param family  has the times
 * @param methods held-out rows of each method by its name, those of each task apart, the model first
 */
record SurvivalFigures(String task, Survival family, Map<String, List<JudgedRows>> methods) {
    static final String METHOD = " Survival of held-out rows was estimated by Kaplan and Meier in thirds of the predicted risk.";
    static final List<String> REFERENCES = List.of(
            "Graf, Schmoor, Sauerbrei, Schumacher: Assessment and comparison of prognostic classification schemes for survival data. "
                    + "Statistics in Medicine 18 (1999).",
            "Harrell, Califf, Pryor, Lee, Rosati: Evaluating the yield of medical tests. JAMA 247 (1982).",
            "Kaplan, Meier: Nonparametric estimation from incomplete observations. Journal of the American Statistical Association 53 "
                    + "(1958).",
            "Uno, Cai, Pencina, D'Agostino, Wei: On the C-statistics for evaluating overall adequacy of risk prediction procedures with "
                    + "censored survival data. Statistics in Medicine 30 (2011).");
    private static final List<String> GROUPS = List.of("low risk", "middle", "high risk");
    private static final int LEAST_ROWS = 15;
    private static final double[] UNIT = {-0.02, 1.02};

    /** Observed and predicted survival in thirds of the predicted risk; empty where fewer than fifteen rows were held out. */
    Optional<Figure> curves() {
        JudgedRows rows = JudgedRows.joined(methods.values().iterator().next());
        if (rows.rows() < LEAST_ROWS) {
            return Optional.empty();
        }
        int middle = family.width() / 2;
        Integer[] order = IntStream.range(0, rows.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -rows.predicted()[i][middle]));
        double[] times = family.times().stream().mapToDouble(Double::doubleValue).toArray();
        double last = times[times.length - 1];
        List<Plane.Layer> layers = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (int g = 0; g < GROUPS.size(); g++) {
            Integer[] group = Arrays.copyOfRange(order, g * order.length / GROUPS.size(), (g + 1) * order.length / GROUPS.size());
            KaplanMeier observed = KaplanMeier.of(rows, group, last);
            layers.add(new Plane.Curve(GROUPS.get(g) + ", observed", g, observed.x(), observed.y()));
            double[] predicted = new double[times.length];
            double all = 0;
            double[] weights = rows.weights();
            for (int i : group) {
                all += weights[i];
                for (int k = 0; k < times.length; k++) {
                    predicted[k] += weights[i] * rows.predicted()[i][k];
                }
            }
            for (int k = 0; k < times.length; k++) {
                predicted[k] /= all;
                cells.add(List.of(GROUPS.get(g), Rounded.of(times[k]), Rounded.of(predicted[k]), Rounded.of(observed.at(times[k]))));
            }
            layers.add(new Plane.Points(GROUPS.get(g) + ", predicted", g, times, predicted));
        }
        String model = methods.keySet().iterator().next();
        return Optional.of(new Plane("time", "survival", new double[] {0, last * 1.02}, UNIT, layers).figure(task + "-survival",
                task + ": survival by predicted risk", "Thirds of the held-out rows by the risk that " + model
                        + " predicts. Lines: observed (Kaplan-Meier); points: mean of what is predicted.",
                                "Observed and predicted survival of "
                        + task + " in thirds of the predicted risk", new Table("Survival", "", List.of("risk", "time", "predicted",
                                "observed"), cells)));
    }

    /**
     * A survival curve as a line of steps.
     *
     * @param x times, each step twice
     * @param y survival
     */
    private record KaplanMeier(double[] x, double[] y) {
        static KaplanMeier of(JudgedRows rows, Integer[] group, double last) {
            double[] weights = rows.weights();
            double[] times = Arrays.stream(group).filter(i -> rows.truth()[3 * i + 1] == 1).mapToDouble(i -> rows.truth()[3 * i])
                    .filter(time -> time <= last).sorted().distinct().toArray();
            double[] x = new double[2 * times.length + 2];
            double[] y = new double[x.length];
            double survival = 1;
            y[0] = 1;
            for (int k = 0; k < times.length; k++) {
                double atRisk = 0;
                double events = 0;
                for (int i : group) {
                    boolean there = rows.truth()[3 * i] >= times[k] && rows.truth()[3 * i + 2] < times[k];
                    atRisk += there ? weights[i] : 0;
                    events += there && rows.truth()[3 * i] == times[k] ? weights[i] * rows.truth()[3 * i + 1] : 0;
                }
                x[2 * k + 1] = times[k];
                y[2 * k + 1] = survival;
                survival *= 1 - events / atRisk;
                x[2 * k + 2] = times[k];
                y[2 * k + 2] = survival;
            }
            x[x.length - 1] = last;
            y[y.length - 1] = survival;
            return new KaplanMeier(x, y);
        }

        double at(double time) {
            double found = 1;
            for (int k = 0; k < x.length && x[k] <= time; k++) {
                found = y[k];
            }
            return found;
        }
    }
}

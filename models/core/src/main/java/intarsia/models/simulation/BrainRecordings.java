package intarsia.models.simulation;

import intarsia.linalg.Elementary;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Axis;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Classes;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Trials of a task before a screen: of each one the power of the brain's waves, a tensor of regions, bands and windows of time, and what a
 * person then did. Coefficients are known, of low rank, and differ between persons. The simulation is ours.
 *
 * <pre>
 * X = round(10 Z),  Z ~ N(0, I)  [regions x bands x windows]
 * eta_i = &lt;B_i, Z&gt;,  eta'_i = &lt;B'_i, Z&gt;                     Z again from the rounded X
 * B, B' [persons x regions x bands x windows]: two draws of {@link TuckerCoefficients}, norm of an individual's about 1
 * reaction ~ N(500 + 40 b_i + 60 eta_i, 30^2) milliseconds, rounded
 * hit      ~ Bernoulli(logistic(b_i + 2 eta_i))
 * answer   ~ softmax(0, 2 eta_i, 2 eta'_i) of none, left, right
 * </pre>
 *
 * @param persons I
 * @param trials  rows of each person
 */
public record BrainRecordings(int persons, int trials) {
    /** What a person did, of which each is a response. */
    public enum Response {
        /** Milliseconds until the key was pressed. */
        REACTION(ResponseFamily.CONTINUOUS),
        /** Whether it was the right one. */
        HIT(ResponseFamily.BINARY),
        /** Which one was pressed. */
        ANSWER(new Classes(List.of("none", "left", "right")));

        private final ResponseFamily family;

        Response(ResponseFamily family) {
            this.family = family;
        }

        /** The name of its column. */
        public String column() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The tensor of a trial. */
    public static final List<Axis> AXES = List.of(new Axis("region", 5), new Axis("band", 4), new Axis("window", 3));
    /** What all methods read. */
    public static final Source POWER = new Source("power", names(), AXES);
    /** Of the truth: R_f of the persons' deviations is 2 at most, then R_1 .. R_3. */
    private static final List<Integer> RANKS = List.of(2, 2, 1);
    private static final int CLUSTERS = 3;
    private static final double DIFFERENT = 0.6;
    private static final double STEEP = 2;
    private static final double TENTHS = 10;

    /**
     * What was drawn: trials of a person one after another.
     *
     * @param power     X of each person's trials
     * @param responses of each person, by {@link Response#ordinal}
     * @param truth     B, for reaction and hit
     * @param other     B', for the answer right
     */
    public record Drawn(List<double[][]> power, List<double[][]> responses, Tensor truth, Tensor other) {
        /** A study of one of the responses, each person a task. */
        public TaskSet tasks(Response response) {
            TaskSet.Builder data = TaskSet.builder();
            for (int i = 0; i < power.size(); i++) {
                data.task(Task.of(person(i), response.family).block(POWER, power.get(i))
                        .response(responses.get(i)[response.ordinal()]));
            }
            return data.build();
        }
    }

    /** Twelve persons, eighty trials each. */
    public static BrainRecordings standard() {
        return new BrainRecordings(12, 80);
    }

    /** With so many trials. */
    public BrainRecordings trials(int other) {
        return new BrainRecordings(persons, other);
    }

    /** What a person is called. */
    public static String person(int number) {
        return String.format(Locale.ROOT, "p%02d", number + 1);
    }

    /** Draws a replicate; the first trials of a person do not depend on how many there are. */
    public Drawn draw(RandomStream random) {
        Tensor truth = coefficients(random.child("coefficients"));
        Tensor other = coefficients(random.child("other"));
        List<double[][]> power = new ArrayList<>();
        List<double[][]> responses = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            RandomStream of = random.child("person", i);
            double level = of.nextGaussian();
            double[][] x = new double[trials][POWER.columns().size()];
            double[][] y = new double[Response.values().length][trials];
            for (int n = 0; n < trials; n++) {
                for (int j = 0; j < x[n].length; j++) {
                    x[n][j] = Math.rint(TENTHS * of.nextGaussian());
                }
                double eta = predictor(truth, i, x[n]);
                double[] odds = {1, Elementary.exp(STEEP * eta), Elementary.exp(STEEP * predictor(other, i, x[n]))};
                y[0][n] = Math.rint(500 + 40 * level + 60 * eta + 30 * of.nextGaussian());
                y[1][n] = of.nextDouble() < Elementary.sigmoid(level + STEEP * eta) ? 1 : 0;
                double drawn = of.nextDouble() * (odds[0] + odds[1] + odds[2]);
                y[2][n] = drawn < odds[0] ? 0 : drawn < odds[0] + odds[1] ? 1 : 2;
            }
            power.add(x);
            responses.add(y);
        }
        return new Drawn(power, responses, truth, other);
    }

    private Tensor coefficients(RandomStream random) {
        List<Integer> sizes = AXES.stream().map(Axis::size).toList();
        return new TuckerCoefficients(TuckerCoefficients.Scenario.INDIVIDUALS, persons, CLUSTERS, 1, sizes, RANKS, DIFFERENT, 0)
                .draw(random).truth();
    }

    private double predictor(Tensor coefficients, int person, double[] x) {
        double eta = 0;
        for (int j = 0; j < x.length; j++) {
            eta = Math.fma(x[j] / TENTHS, coefficients.at(person * x.length + j), eta);
        }
        return eta;
    }

    private static List<Column> names() {
        return IntStream.range(0, 60).mapToObj(j -> "p_" + (j / 12 + 1) + "_" + (j / 3 % 4 + 1) + "_" + (j % 3 + 1))
                .map(Column::continuous).toList();
    }
}

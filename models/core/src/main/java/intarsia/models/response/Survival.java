package intarsia.models.response;

import intarsia.autodiff.Node;
import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.BaselineHazard;
import intarsia.optim.solve.Cox;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A time to an event, which may be censored: proportional hazards (Cox 1972). A response is the time, whether the event happened then (1)
 * or the row was only seen until then (0), and the time from which the row was seen, 0 for most. A prediction is the probability to have no
 * event until each of some times.
 *
 * <pre>
 * S(t | x) = exp(-H(t) exp(eta)),   H the task's cumulative hazard
 * </pre>
 *
 * <p>With H given, eta has the likelihood of a Poisson count of 0 or 1 events in an exposure of {@code H(time) - H(entry)}: the full
 * likelihood of proportional hazards (Whitehead 1980; LeBlanc &amp; Crowley 1992). H is estimated from the task's training rows before a
 * model is fitted.
 *
 * <p>In the discrete reading times are the ends of intervals, and only the interval of an event counts, or those survived: the binary
 * likelihood, with a complementary log-log link, of a line for each row and interval (Prentice &amp; Gloeckler 1978). H then has a step for
 * each interval, the most probable one, and eta the same meaning. An event after the last end is not seen; a row counts as seen from the
 * last end before its entry.
 *
 * @param times    at which the probability to survive is predicted, increasing, above 0
 * @param discrete whether only intervals count, which end at these times
 */
public record Survival(List<Double> times, boolean discrete) implements ResponseFamily {
    /** Times at which survival is predicted unless they are given. */
    private static final int TIMES = 9;

    /** A hazard ratio of exp(300) is taken for any larger one. */
    private static final double HIGHEST = 300;

    /** In continuous time. */
    public Survival(List<Double> times) {
        this(times, false);
    }

    /** Copies and checks. */
    public Survival {
        times = List.copyOf(times);
        if (times.isEmpty() || !(times.getFirst() > 0) || !(times.getLast() < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("times " + times + ": one at least, all above 0");
        }
        ResponseBaseline.increasing("times", times);
    }

    /**
     * The family with the deciles of the times of events, rounded up to a time that was seen.
     *
     * @param responses time, event and entry of each row
     * @throws IllegalArgumentException if there is no event
     */
    public static Survival of(double[] responses) {
        double[] events = IntStream.range(0, responses.length / 3).filter(row -> responses[3 * row + 1] == 1)
                .mapToDouble(row -> responses[3 * row]).sorted().toArray();
        if (events.length == 0) {
            throw new IllegalArgumentException("no row has an event, so there is nothing to learn of times to an event");
        }
        return new Survival(IntStream.rangeClosed(1, TIMES).mapToObj(k -> events[(events.length * k + TIMES) / (TIMES + 1) - 1])
                .distinct().toList());
    }

    @Override
    public String key() {
        return "survival";
    }

    @Override
    public int columns() {
        return 3;
    }

    @Override
    public int width() {
        return times.size();
    }

    @Override
    public List<String> predicted() {
        return times.stream().map(time -> "survival at " + (time == Math.rint(time) && time < 1e15 ? Long.toString(time.longValue())
                : Double.toString(time))).toList();
    }

    @Override
    public String problem(double[] y, int at) {
        for (int k = 0; k < 3; k++) {
            if (Double.isNaN(y[at + k])) {
                return "missing";
            }
        }
        if (!(y[at] > 0 && y[at] < Double.POSITIVE_INFINITY)) {
            return "at time " + y[at] + ", which must be above 0";
        }
        if (y[at + 1] != 0 && y[at + 1] != 1) {
            return "event " + y[at + 1] + ", which must be 0 (not seen) or 1 (seen)";
        }
        return y[at + 2] >= 0 && y[at + 2] < y[at] ? null : "seen from " + y[at + 2] + " to " + y[at]
                + "; the time of entry must be 0 or above, and before the time of the event";
    }

    @Override
    public int stratum(double[] y, int at) {
        return (int) y[at + 1];
    }

    @Override
    public int strata() {
        return 2;
    }

    /** The survival of a row with the task's cumulative hazard. */
    @Override
    public double[] expected(double[] responses, double[] weights) {
        double[] predicted = new double[times.size()];
        respond(new double[1], 0, baseline(responses, weights), predicted, 0);
        return predicted;
    }

    @Override
    public Likelihood likelihood() {
        return discrete ? Likelihood.GROUPED : Likelihood.POISSON;
    }

    /**
     * The cumulative hazard (Breslow 1974); of rows that are all alike that of Nelson 1972 and Aalen 1978. Without an event that of half a
     * one among all rows, at the last time. O(n log n). In discrete time {@link GroupedHazard}.
     */
    @Override
    public ResponseBaseline baseline(double[] responses, double[] weights, double[] eta) {
        if (discrete) {
            return new GroupedHazard(this).of(responses, weights, eta);
        }
        int n = responses.length / 3;
        double[] bounded = Arrays.stream(eta).map(of -> Math.min(of, HIGHEST)).toArray();
        double[] at = new double[n];
        double[] entries = new double[n];
        boolean[] events = new boolean[n];
        for (int row = 0; row < n; row++) {
            at[row] = responses[3 * row];
            events[row] = responses[3 * row + 1] > 0;
            entries[row] = responses[3 * row + 2] > 0 ? responses[3 * row + 2] : Double.NEGATIVE_INFINITY;
        }
        if (IntStream.range(0, n).noneMatch(row -> events[row])) {
            double last = n == 0 ? times.getLast() : Arrays.stream(at).max().orElseThrow();
            double risk = IntStream.range(0, n).mapToDouble(row -> weights[row] * Elementary.exp(bounded[row])).sum();
            return new ResponseBaseline(List.of(last), List.of(0.5 / (n == 0 ? 1 : risk)));
        }
        BaselineHazard hazard = BaselineHazard.of(new Cox(Tensor.zeros(n, 0), at, events, entries, new int[n], Cox.Ties.BRESLOW, weights),
                bounded);
        return new ResponseBaseline(Arrays.stream(hazard.times()).boxed().toList(), Arrays.stream(hazard.cumulative()).boxed().toList());
    }

    @Override
    public void check(ResponseBaseline baseline) {
        if (baseline == null || baseline.at().isEmpty()) {
            throw new IllegalArgumentException("the cumulative hazard has no time, but " + baseline);
        }
        for (int k = 1; k < baseline.values().size(); k++) {
            if (!(baseline.values().get(k) >= baseline.values().get(k - 1))) {
                throw new IllegalArgumentException("the cumulative hazards " + baseline.values() + " must not fall");
            }
        }
    }

    /** H at a time. */
    static double hazard(ResponseBaseline baseline, double time) {
        int place = Collections.binarySearch(baseline.at(), time);
        int last = place >= 0 ? place : -place - 2;
        return last < 0 ? 0 : baseline.values().get(last);
    }

    /**
     * The events, and those expected of a row with linear predictor 0; in discrete time {@link GroupedHazard}. Of an event before any that
     * the hazard knows of, half of the first step is taken: an event in no exposure would have no limit.
     */
    @Override
    public void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        if (discrete) {
            new GroupedHazard(this).encode(y, at, baseline, learned, to);
            return;
        }
        learned[to] = y[at + 1];
        double expected = hazard(baseline, y[at]) - hazard(baseline, y[at + 2]);
        learned[to + 1] = y[at + 1] == 1 ? Math.max(expected, baseline.values().getFirst() / 2) : expected;
    }

    @Override
    public Node respond(Node eta, ResponseBaseline baseline) {
        double[] hazards = times.stream().mapToDouble(time -> hazard(baseline, time)).toArray();
        return eta.exp().times(eta.graph().constant(Tensor.of(Shape.of(1, hazards.length), hazards))).negate().exp();
    }

    @Override
    public void respond(double[] eta, int from, ResponseBaseline baseline, double[] predicted, int to) {
        double ratio = Elementary.exp(eta[from]);
        for (int k = 0; k < times.size(); k++) {
            double hazard = hazard(baseline, times.get(k));
            predicted[to + k] = hazard == 0 ? 1 : Elementary.exp(-hazard * ratio);
        }
    }

    /** The mean over times of the logarithm of the cumulative hazard. */
    @Override
    public void linear(double[] predicted, int from, double[] eta, int to) {
        eta[to] = 0;
        for (int k = 0; k < times.size(); k++) {
            double survived = Math.min(1 - LEAST, Math.max(LEAST, predicted[from + k]));
            eta[to] += Elementary.log(-Elementary.log(survived)) / times.size();
        }
    }

    @Override
    public String linearScale() {
        return "log hazard, mean over times";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(Metric.CONCORDANCE, Metric.UNO, Metric.INTEGRATED_BRIER);
    }

    @Override
    public Metric chosenBy() {
        return Metric.INTEGRATED_BRIER;
    }

    /** How many of the predicted times are not after a time. */
    int before(double time) {
        int place = Collections.binarySearch(times, time);
        return place >= 0 ? place + 1 : -place - 1;
    }

    /**
     * {@code -2 log} of the probability of what was seen, as far as the predicted times tell: of an event between two of them, or of none
     * until the last one before the row was censored. An event after the last time counts as none until then.
     */
    @Override
    public double deviance(double[] y, int at, double[] predicted, int from) {
        return -2 * (Elementary.log(Math.max(LEAST, seen(y, at, predicted, from)))
                - Elementary.log(Math.max(LEAST, entered(y, at, predicted, from))));
    }

    /** The probability of what was seen of a row, not given its entry. */
    private double seen(double[] y, int at, double[] predicted, int from) {
        int event = event(y, at);
        return event < 0 ? survived(predicted, from, before(y[at]))
                : survived(predicted, from, event) - survived(predicted, from, event + 1);
    }

    /** The probability of surviving to the row's entry. */
    private double entered(double[] y, int at, double[] predicted, int from) {
        return survived(predicted, from, before(y[at + 2]));
    }

    /** The place of the first predicted time that an event is not after; -1 if there is no event until the last one. */
    int event(double[] y, int at) {
        int place = Collections.binarySearch(times, y[at]);
        int first = place >= 0 ? place : -place - 1;
        return y[at + 1] == 1 && first < times.size() ? first : -1;
    }

    /** The probability to survive so many of the times. */
    static double survived(double[] predicted, int from, int count) {
        return count == 0 ? 1 : predicted[from + count - 1];
    }

    @Override
    public void devianceSlopes(double[] y, int at, double[] predicted, int from, double[] slopes, int to) {
        Arrays.fill(slopes, to, to + times.size(), 0);
        int event = event(y, at);
        double slope = logSlope(seen(y, at, predicted, from));
        int last = event < 0 ? before(y[at]) : event;
        if (last > 0) {
            slopes[to + last - 1] -= slope;
        }
        if (event >= 0) {
            slopes[to + event] += slope;
        }
        int entry = before(y[at + 2]);
        if (entry > 0) {
            slopes[to + entry - 1] += logSlope(entered(y, at, predicted, from));
        }
    }

    /** Of {@code 2 log p} with p kept above {@link #LEAST}. */
    private static double logSlope(double probability) {
        return probability < LEAST ? 0 : 2 / probability;
    }
}

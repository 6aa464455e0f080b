package intarsia.models.response;

import intarsia.linalg.Elementary;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.optim.solve.GroupedHazards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The hazard of a task in the intervals of discrete time: what {@link GroupedHazards} is for one stratum, its linear predictors known.
 *
 * @param family in discrete time, whose times are the intervals' ends
 */
public record GroupedHazard(Survival family) {
    /** How much of a row survives an interval that no other does. */
    private static final double SURVIVOR = 0.5;
    /** A hazard ratio of exp(300) is taken for any larger one. */
    private static final double HIGHEST = 300;

    /**
     * The first interval in which a row was seen, the first that it did not survive or was not seen to survive, and whether its event is
     * there.
     */
    record Seen(int from, int to, boolean event) {}

    Seen seen(double[] y, int at) {
        int event = family.event(y, at);
        int to = event < 0 ? family.before(y[at]) : event;
        return new Seen(Math.min(family.before(y[at + 2]), to), to, event >= 0);
    }

    /**
     * The cumulative hazard at the ends of intervals, the most probable one: of each interval the root of
     *
     * <pre>
     * b sum_survivors w exp(eta) = sum_events w u / (exp(u) - 1),   u = b exp(eta)
     * </pre>
     *
     * Where no row survives an interval, half a one with linear predictor 0 does. Without any event half a one is spread over the ends.
     */
    ResponseBaseline of(double[] responses, double[] weights, double[] eta) {
        int intervals = family.times().size();
        double[] surviving = new double[intervals];
        List<List<Integer>> events = new ArrayList<>();
        IntStream.range(0, intervals).forEach(k -> events.add(new ArrayList<>()));
        double[] ratios = new double[eta.length];
        double all = 0;
        for (int i = 0; i < eta.length; i++) {
            ratios[i] = Elementary.exp(Math.min(eta[i], HIGHEST));
            all += weights[i] * ratios[i];
            Seen seen = seen(responses, 3 * i);
            for (int k = seen.from; k < seen.to; k++) {
                surviving[k] += weights[i] * ratios[i];
            }
            if (seen.event) {
                events.get(seen.to).add(i);
            }
        }
        boolean none = events.stream().allMatch(List::isEmpty);
        List<Double> cumulative = new ArrayList<>();
        double sum = 0;
        for (int k = 0; k < intervals; k++) {
            sum += none ? 0.5 / (all == 0 ? 1 : all) / intervals : step(events.get(k), weights, ratios,
                    surviving[k] == 0 ? SURVIVOR : surviving[k]);
            cumulative.add(sum);
        }
        return new ResponseBaseline(family.times(), cumulative);
    }

    /**
     * The regression of rows on features, each task a stratum. Where no row of a task survives an interval of events, half a one with
     * features 0 does.
     *
     * @param x rows x p
     */
    public GroupedHazards regression(double[] x, int p, double[] responses, int[] task, double[] weights) {
        int intervals = family.times().size();
        int strata = Arrays.stream(task).max().orElse(-1) + 1;
        double[] surviving = new double[strata * intervals];
        boolean[] happened = new boolean[strata * intervals];
        List<Seen> rows = new ArrayList<>();
        for (int i = 0; i < task.length; i++) {
            Seen seen = seen(responses, 3 * i);
            rows.add(seen);
            for (int k = seen.from; k < seen.to; k++) {
                surviving[task[i] * intervals + k] += weights[i];
            }
            if (seen.event) {
                happened[task[i] * intervals + seen.to] = true;
            }
        }
        int[] alone = IntStream.range(0, happened.length).filter(k -> happened[k] && surviving[k] == 0).toArray();
        for (int k : alone) {
            rows.add(new Seen(k % intervals, k % intervals + 1, false));
        }
        boolean[] events = new boolean[rows.size()];
        double[] all = Arrays.copyOf(weights, rows.size());
        Arrays.fill(all, task.length, all.length, SURVIVOR);
        for (int i = 0; i < events.length; i++) {
            events[i] = rows.get(i).event;
        }
        return new GroupedHazards(Tensor.of(Shape.of(rows.size(), p), Arrays.copyOf(x, rows.size() * p)),
                rows.stream().mapToInt(Seen::from).toArray(), rows.stream().mapToInt(Seen::to).toArray(), events, intervals,
                IntStream.concat(Arrays.stream(task), Arrays.stream(alone).map(k -> k / intervals)).toArray(), all);
    }

    private static double step(List<Integer> events, double[] weights, double[] ratios, double surviving) {
        if (events.isEmpty()) {
            return 0;
        }
        double dying = 0;
        double risk = 0;
        for (int i : events) {
            dying += weights[i];
            risk += weights[i] * ratios[i];
        }
        double low = Elementary.log(dying / (surviving + risk / 2));
        double root = IncreasingRoot.of(logStep -> {
            double step = Elementary.exp(logStep);
            double excess = step * surviving;
            double slope = excess;
            for (int i : events) {
                double u = step * ratios[i];
                excess -= weights[i] * GroupedHazards.eventSlope(u);
                slope += weights[i] * GroupedHazards.eventCurvature(u);
            }
            return new double[] {excess, slope};
        }, low, Elementary.log(dying / surviving), low);
        return Elementary.exp(root);
    }

    /**
     * The hazard survived, and that of the event's interval or 0, both of a row with linear predictor 0. Of an event in an interval without
     * a hazard half of the smallest step is taken.
     */
    void encode(double[] y, int at, ResponseBaseline baseline, double[] learned, int to) {
        Seen seen = seen(y, at);
        learned[to] = cumulative(baseline, seen.to) - cumulative(baseline, seen.from);
        double step = seen.event ? cumulative(baseline, seen.to + 1) - cumulative(baseline, seen.to) : 0;
        learned[to + 1] = seen.event && step == 0 ? smallest(baseline) / 2 : step;
    }

    private static double cumulative(ResponseBaseline baseline, int intervals) {
        return intervals == 0 ? 0 : baseline.values().get(intervals - 1);
    }

    private static double smallest(ResponseBaseline baseline) {
        return IntStream.range(0, baseline.values().size()).mapToDouble(k -> cumulative(baseline, k + 1) - cumulative(baseline, k))
                .filter(step -> step > 0).min().orElseThrow();
    }
}

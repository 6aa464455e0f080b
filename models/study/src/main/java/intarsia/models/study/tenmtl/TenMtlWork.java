package intarsia.models.study.tenmtl;

import intarsia.linalg.Pool;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.study.Cells;
import intarsia.models.study.Item;
import intarsia.models.study.StudyPlan;
import intarsia.models.tenmtl.Contender;
import intarsia.models.tenmtl.Individual;
import intarsia.models.tenmtl.PersonalMethod;
import intarsia.models.tenmtl.PersonalModels;
import intarsia.models.tenmtl.Selection;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlFit;
import intarsia.models.tenmtl.TenMtlOptions;
import java.util.List;
import java.util.function.Function;

/**
 * What is done with an item: individuals are drawn; of the method's candidates the one is chosen that is best on a quarter of each one's
 * training rows when fitted to the rest; it is fitted to all of them and judged on the test rows.
 *
 * @param seed what all random numbers are derived from
 */
public record TenMtlWork(long seed) implements StudyPlan.Work<Trial, Function<Trial, Contender>> {
    /** Root of the mean squared error over all test rows. */
    public static final String RMSE = "rmse";

    /** Of the coefficients: {@code ||B_hat - B|| / ||B||}; empty where the truth is not known. */
    static final String ERROR = "coefficient_error";

    /** Sweeps of the start that won. */
    static final String SWEEPS = "sweeps";

    /** Where the starts ended above the best of them, relative to it; the local one first. */
    static final String ENDS = "ends";

    /** Sweeps each start took to within 0.1 % of the best end; empty for one that never came there. */
    static final String REACHED = "reached";

    /** The objective of the local start after each sweep. */
    static final String LOCAL = "trace_local";

    /** The same of the random start that ended in the middle. */
    static final String RANDOM = "trace_random";

    static final String CHOSEN = "chosen";

    static final List<String> COLUMNS = List.of(RMSE, ERROR, SWEEPS, ENDS, REACHED, LOCAL, RANDOM, CHOSEN);

    private static final double VALIDATION_SHARE = 0.25;
    private static final double NEAR = 1e-3;

    @Override
    public Cells measure(Item<Trial, Function<Trial, Contender>> item, Pool pool) {
        Trial trial = item.source();
        Trial.Drawn drawn = trial.data().draw(RandomStream.of(seed, trial.stream()).child("replicate", item.replicate()));
        Shape stacked = drawn.train().getFirst().predictors().shape().with(0, drawn.train().size());
        List<PersonalMethod> candidates = item.method().fit().apply(trial).candidates().of(drawn.family(), stacked);
        PersonalMethod chosen = candidates.size() == 1 ? candidates.getFirst() : candidates.get(Selection.validate(candidates, drawn.train(),
                drawn.family(), VALIDATION_SHARE, 1, seed + item.replicate()).best());
        TenMtlFit fit = chosen instanceof TenMtlOptions options ? TenMtl.fit(drawn.train(), options).orThrow() : null;
        PersonalModels models = fit == null ? chosen.fit(drawn.train()) : fit.models();
        Cells cells = new Cells().number(RMSE, rmse(models, drawn)).number(ERROR, drawn.truth() == null ? Double.NaN
                : error(models.coefficients(), drawn.truth()));
        return (fit == null ? cells.text(SWEEPS, "").text(ENDS, "").text(REACHED, "").text(LOCAL, "").text(RANDOM, "") : starts(cells, fit))
                .text(CHOSEN, chosen.toString());
    }

    private static Cells starts(Cells cells, TenMtlFit fit) {
        List<TenMtlFit.Start> starts = fit.starts();
        double best = fit.objective();
        cells.count(SWEEPS, starts.get(fit.won()).objective().size() - 1);
        if (starts.size() == 1) {
            return cells.text(ENDS, "").text(REACHED, "").text(LOCAL, "").text(RANDOM, "");
        }
        List<TenMtlFit.Start> random = starts.subList(1, starts.size()).stream()
                .sorted((a, b) -> Double.compare(a.end(), b.end())).toList();
        return cells.numbers(ENDS, starts.stream().mapToDouble(start -> start.end() / best - 1).toArray())
                .numbers(REACHED, starts.stream().mapToDouble(start -> reached(start, best)).toArray())
                .numbers(LOCAL, numbers(starts.getFirst())).numbers(RANDOM, numbers(random.get(random.size() / 2)));
    }

    private static double reached(TenMtlFit.Start start, double best) {
        for (int sweep = 0; sweep < start.objective().size(); sweep++) {
            if (start.objective().get(sweep) <= best * (1 + NEAR)) {
                return sweep;
            }
        }
        return Double.NaN;
    }

    private static double[] numbers(TenMtlFit.Start start) {
        return start.objective().stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double rmse(PersonalModels models, Trial.Drawn drawn) {
        double sum = 0;
        int rows = 0;
        for (int i = 0; i < drawn.test().size(); i++) {
            Individual individual = drawn.test().get(i);
            double[] means = models.predict(i, individual.predictors());
            for (int n = 0; n < means.length; n++) {
                double error = means[n] - individual.response()[n];
                sum += error * error;
            }
            rows += means.length;
        }
        return drawn.scale() * Math.sqrt(sum / rows);
    }

    private static double error(Tensor b, Tensor truth) {
        double error = 0;
        double size = 0;
        for (int j = 0; j < truth.size(); j++) {
            error += (b.at(j) - truth.at(j)) * (b.at(j) - truth.at(j));
            size += truth.at(j) * truth.at(j);
        }
        return Math.sqrt(error / size);
    }
}

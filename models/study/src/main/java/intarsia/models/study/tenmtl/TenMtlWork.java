package intarsia.models.study.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Estimator;
import intarsia.models.data.Individual;
import intarsia.models.data.Moments;
import intarsia.models.response.Classes;
import intarsia.models.selection.Tuned;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.StudyPlan;
import intarsia.models.tenmtl.HeldOutIndividuals;
import intarsia.models.tenmtl.InformationCriterion;
import intarsia.models.tenmtl.PersonalCoefficients;
import intarsia.models.tenmtl.PersonalEstimator;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TenMtlFit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is done with an item: individuals are drawn; the method's candidates are fitted to three quarters of each one's training rows, and
 * the best on the other quarter is fitted to all of them and judged on the test rows. By BIC, all are fitted to all training rows.
 *
 * @param seed what all random numbers are derived from
 */
public record TenMtlWork(long seed) implements StudyPlan.Work<Trial> {
    /** Root of the mean squared error over all test rows. */
    public static final String RMSE = "rmse";

    /** Mean over individuals of the root of each one's mean squared error. */
    static final String BY_INDIVIDUAL = "rmse_by_individual";

    /** The same, each over the standard deviation of the individual's training responses; those that do not vary are left out. */
    static final String RELATIVE = "rmse_relative";

    /** Of the coefficients: {@code ||B_hat - B|| / ||B||}; empty where the truth is not known. */
    static final String ERROR = "coefficient_error";

    /** Sweeps of the best start. */
    static final String SWEEPS = "sweeps";

    /** How far above the best start each one ended, relative to it; the local one first. */
    static final String ENDS = "ends";

    /** Sweeps each start took to within 0.1 % of the best end; empty for one that never did. */
    static final String REACHED = "reached";

    /** The objective of the local start after each sweep. */
    static final String LOCAL = "trace_local";

    /** The same of the median random start. */
    static final String RANDOM = "trace_random";

    /** Distance of each start's coefficients from those of the best, relative; the local one first. */
    static final String DISTANCES = "distances";

    /** The largest violation of the first-order conditions. */
    static final String VIOLATION = "violation";

    /** Whether the true ranks were chosen, 1 or 0; empty where they are not asked for. */
    static final String TRUE_RANKS = "true_ranks";

    /** The method whose candidates are chosen by BIC. */
    static final String BY_BIC = "tenmtl-bic";

    /** The method that has a binary model for each class. */
    static final String BY_CLASS = "tenmtl-by-class";

    /** Of classes, on test rows, the mean over individuals; empty elsewhere. */
    static final String LOG_LOSS = "log_loss";

    /** The same of the share of rows whose likeliest class is right. */
    static final String ACCURACY = "accuracy";
    /** {@link #RMSE} of those individuals that lacked a modality, in rows that have it; empty where none did. */
    static final String MEASURED = "rmse_measured";

    /** The method that takes several modalities as one vector. */
    static final String JOINED = "tenmtl-joined";

    /** Begins the keys of those that see one of several modalities, whose number follows. */
    static final String ONLY = "tenmtl-only-";

    /** Hyperparameters of the chosen candidate. */
    static final String CHOSEN = "chosen";

    static final List<String> COLUMNS = List.of(LOG_LOSS, ACCURACY, RMSE, BY_INDIVIDUAL, RELATIVE, ERROR, SWEEPS, VIOLATION, ENDS, REACHED,
            LOCAL, RANDOM, DISTANCES, TRUE_RANKS, MEASURED, CHOSEN);

    private static final double VALIDATION_SHARE = 0.25;
    /** A start within this share of the best end got there. */
    static final double NEAR = 1e-3;

    @Override
    public ItemCells measure(Item<Trial> item, int threads) {
        Trial trial = item.source();
        RandomStream random = RandomStream.of(seed, trial.stream()).child("replicate", item.replicate());
        Trial.Replicate data = shown(item.method().key(), trial.data().draw(random));
        List<PersonalEstimator> candidates = candidates(item.method(), trial);
        if (data.family() instanceof Classes) {
            return ClassTrials.measure(candidates, item.method().key().equals(BY_CLASS), data, VALIDATION_SHARE, item.own(seed));
        }
        PersonalEstimator chosen = item.method().key().equals(BY_BIC) ? byBic(candidates, data, random.child("choice"))
                : choose(candidates, data, random.child("choice"));
        RandomStream own = item.own(seed);
        TenMtlFit fit = chosen instanceof TenMtl tenMtl ? tenMtl.solve(data.train(), data.family(), own).orThrow() : null;
        PersonalCoefficients models = fit == null ? chosen.fit(data.train(), data.family(), own).orThrow() : fit.coefficients();
        ItemCells cells = errors(models, data)
                .number(ERROR, data.truth() == null ? Double.NaN : error(models.coefficients(), data.truth()));
        if (fit == null) {
            List.of(SWEEPS, VIOLATION, ENDS, REACHED, LOCAL, RANDOM, DISTANCES).forEach(column -> cells.text(column, ""));
        } else {
            starts(cells, fit);
        }
        boolean asked = trial.ranks() != null && chosen instanceof TenMtl;
        return cells.number(TRUE_RANKS, !asked ? Double.NaN : ((TenMtl) chosen).ranks().equals(trial.ranks()) ? 1 : 0)
                .number(MEASURED, rmse(models, data.measured()))
                .text(CHOSEN, chosen.hyperparameters().entrySet().stream().map(one -> one.getKey() + " " + one.getValue())
                        .collect(Collectors.joining("; ")));
    }

    /** What a method sees of several modalities. */
    private static Trial.Replicate shown(String method, Trial.Replicate all) {
        boolean several = all.train().getFirst().modalities().shapes().size() > 1;
        return !several || method.equals(TenMtl.KEY) ? all
                : method.startsWith(ONLY) ? all.only(Integer.parseInt(method.substring(ONLY.length())) - 1) : all.joined();
    }

    /** TenMTL's candidates are the trial's, each with the search that the method asks for. */
    private static List<PersonalEstimator> candidates(Estimator method, Trial trial) {
        return switch (method) {
            case Estimator.Named named -> candidates(named.estimator(), trial);
            case TenMtl options -> trial.tenMtl().candidates().stream()
                    .map(candidate -> (PersonalEstimator) ((TenMtl) candidate).search(options.search())).toList();
            case Tuned tuned -> tuned.candidates().stream().map(PersonalEstimator.class::cast).toList();
            default -> throw new IllegalArgumentException("method '" + method.key() + "': only TenMTL and its baselines can be compared");
        };
    }

    private static PersonalEstimator choose(List<PersonalEstimator> candidates, Trial.Replicate data, RandomStream random) {
        return candidates.size() == 1 ? candidates.getFirst()
                : HeldOutIndividuals.choose(candidates, data.train(), data.family(), VALIDATION_SHARE, 1, random).best();
    }

    private static PersonalEstimator byBic(List<PersonalEstimator> candidates, Trial.Replicate data, RandomStream random) {
        List<TenMtlFit> fits = candidates.stream()
                .map(candidate -> ((TenMtl) candidate).solve(data.train(), data.family(), random).orThrow()).toList();
        return InformationCriterion.choose(fits, data.train()).best().options();
    }

    private static void starts(ItemCells cells, TenMtlFit fit) {
        List<TenMtlFit.Start> starts = fit.starts();
        double best = fit.objective();
        cells.count(SWEEPS, fit.bestStart().sweeps()).number(VIOLATION, fit.violation());
        if (starts.size() == 1) {
            List.of(ENDS, REACHED, LOCAL, RANDOM, DISTANCES).forEach(column -> cells.text(column, ""));
            return;
        }
        List<TenMtlFit.Start> random = starts.subList(1, starts.size()).stream()
                .sorted((a, b) -> Double.compare(a.end(), b.end())).toList();
        cells.numbers(ENDS, starts.stream().mapToDouble(start -> start.end() / best - 1).toArray())
                .numbers(REACHED, starts.stream().mapToDouble(start -> reached(start, best)).toArray())
                .numbers(LOCAL, numbers(starts.getFirst())).numbers(RANDOM, numbers(random.get(random.size() / 2)))
                .numbers(DISTANCES, starts.stream().mapToDouble(TenMtlFit.Start::distance).toArray());
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

    private static ItemCells errors(PersonalCoefficients models, Trial.Replicate data) {
        double sum = 0;
        int rows = 0;
        double each = 0;
        double relative = 0;
        int varying = 0;
        for (int i = 0; i < data.test().size(); i++) {
            double own = squares(models, data.test().get(i)) * data.scales()[i] * data.scales()[i];
            double rmse = Math.sqrt(own / data.test().get(i).rows());
            Moments training = Moments.of(data.train().get(i).response());
            sum += own;
            rows += data.test().get(i).rows();
            each += rmse / data.test().size();
            relative += training.constant() ? 0 : rmse / (data.scales()[i] * training.scale());
            varying += training.constant() ? 0 : 1;
        }
        return new ItemCells().text(LOG_LOSS, "").text(ACCURACY, "").number(RMSE, Math.sqrt(sum / rows)).number(BY_INDIVIDUAL, each)
                .number(RELATIVE, varying == 0 ? Double.NaN : relative / varying);
    }

    /** Of simulated individuals; NaN where there are none. */
    private static double rmse(PersonalCoefficients models, List<Individual> individuals) {
        return Math.sqrt(individuals.stream().mapToDouble(individual -> squares(models, individual)).sum()
                / individuals.stream().mapToInt(Individual::rows).sum());
    }

    private static double squares(PersonalCoefficients models, Individual individual) {
        double[] means = models.predict(models.names().indexOf(individual.name()), individual.predictors());
        double sum = 0;
        for (int n = 0; n < means.length; n++) {
            double error = means[n] - individual.response()[n];
            sum += error * error;
        }
        return sum;
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

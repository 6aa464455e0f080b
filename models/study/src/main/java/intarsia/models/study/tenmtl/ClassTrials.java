package intarsia.models.study.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Individual;
import intarsia.models.response.Classes;
import intarsia.models.response.Metric;
import intarsia.models.response.ResponseBaseline;
import intarsia.models.response.ResponseFamily;
import intarsia.models.simulation.TuckerCoefficients;
import intarsia.models.study.ItemCells;
import intarsia.models.tenmtl.HeldOutIndividuals;
import intarsia.models.tenmtl.PersonalCoefficients;
import intarsia.models.tenmtl.PersonalEstimator;
import intarsia.models.tenmtl.TenMtl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Individuals whose responses are classes: {@code P(k) = softmax_k <B_ik, X>} with planted coefficients B [individuals x p_1 x ... x K],
 * learned with class as a mode, or by a binary model for each class against the others.
 */
final class ClassTrials {
    private static final Classes FAMILY = new Classes(List.of("a", "b", "c"));
    private static final int TEST_ROWS = 100;
    /** Standard deviation of linear predictors. */
    private static final double STRENGTH = 2;

    private ClassTrials() {}

    /** Individuals that differ in their coordinates, matrices of 8 x 6 and three classes, all ranks 2. */
    static Trial.PersonalData simulated(int rows) {
        int group = FAMILY.levels().size();
        TuckerCoefficients planted = new TuckerCoefficients(TuckerCoefficients.Scenario.INDIVIDUALS, 20, 3, 1, List.of(8, 6, group),
                List.of(2, 2, 2), 1, 0);
        return random -> {
            Tensor truth = planted.draw(random).truth();
            for (int j = 0; j < truth.size(); j++) {
                truth.doubles()[j] *= STRENGTH * Math.sqrt(group);
            }
            List<Individual> train = new ArrayList<>();
            List<Individual> test = new ArrayList<>();
            for (int i = 0; i < truth.shape().size(0); i++) {
                train.add(individual(i, truth, rows, random.child("classes/train", i)));
                test.add(individual(i, truth, TEST_ROWS, random.child("classes/test", i)));
            }
            double[] scales = new double[train.size()];
            Arrays.fill(scales, 1);
            return new Trial.Replicate(FAMILY, train, test, scales, truth);
        };
    }

    private static Individual individual(int i, Tensor truth, int rows, RandomStream random) {
        int group = FAMILY.levels().size();
        Tensor x = Tensor.zeros(rows, truth.shape().size(1), truth.shape().size(2));
        double[] y = new double[rows];
        int p = x.size() / rows;
        for (int row = 0; row < rows; row++) {
            double[] eta = new double[group];
            for (int j = 0; j < p; j++) {
                x.doubles()[row * p + j] = random.nextGaussian();
                for (int k = 0; k < group; k++) {
                    eta[k] = Math.fma(x.at(row * p + j), truth.at((i * p + j) * group + k), eta[k]);
                }
            }
            double[] probability = new double[group];
            FAMILY.respond(eta, 0, ResponseBaseline.NONE, probability, 0);
            double u = random.nextDouble();
            for (int k = 0; k < group - 1 && u > probability[k]; k++) {
                u -= probability[k];
                y[row]++;
            }
        }
        return new Individual("i" + (i + 1), x, y);
    }

    /** What test rows of an individual are predicted as, row after row. */
    @FunctionalInterface
    private interface Predicted {
        double[] of(int individual, Tensor predictors);
    }

    /**
     * A method's candidates with class as a mode where they can have it, else by class.
     *
     * @param byClass whether they shall not
     * @param share   of each individual's rows that chooses
     */
    static ItemCells measure(List<PersonalEstimator> candidates, boolean byClass, Trial.Replicate data, double share, RandomStream random) {
        Predicted predicted;
        if (byClass || !candidates.stream().allMatch(candidate -> candidate.learns(FAMILY))) {
            predicted = oneAgainstOthers(candidates.stream().map(ClassTrials::withoutClasses).distinct().toList(), data, share, random);
        } else {
            PersonalEstimator best = HeldOutIndividuals.choose(candidates, data.train(), FAMILY, share, 1, random.child("choice")).best();
            predicted = best.fit(data.train(), FAMILY, random).orThrow()::predict;
        }
        double loss = 0;
        double right = 0;
        for (int i = 0; i < data.test().size(); i++) {
            Individual rows = data.test().get(i);
            double[] p = predicted.of(i, rows.predictors());
            loss += Metric.LOG_LOSS.of(FAMILY, rows.response(), p) / data.test().size();
            right += Metric.ACCURACY.of(FAMILY, rows.response(), p) / data.test().size();
        }
        ItemCells cells = new ItemCells().number(TenMtlWork.LOG_LOSS, loss).number(TenMtlWork.ACCURACY, right);
        TenMtlWork.COLUMNS.stream().skip(2).forEach(column -> cells.text(column, ""));
        return cells;
    }

    private static PersonalEstimator withoutClasses(PersonalEstimator candidate) {
        if (!(candidate instanceof TenMtl tenMtl) || tenMtl.ranks().capped()) {
            return candidate;
        }
        int[] ranks = tenMtl.ranks().predictors().stream().mapToInt(Integer::intValue).toArray();
        return tenMtl.ranks(tenMtl.ranks().individual(), Arrays.copyOf(ranks, ranks.length - 1));
    }

    /** A binary model for each class, each chosen by itself; probabilities are divided by their sum. */
    private static Predicted oneAgainstOthers(List<PersonalEstimator> candidates, Trial.Replicate data, double share, RandomStream random) {
        List<PersonalCoefficients> models = new ArrayList<>();
        for (int k = 0; k < FAMILY.levels().size(); k++) {
            List<Individual> asked = asked(data.train(), k);
            RandomStream own = random.child("class", k);
            PersonalEstimator best = candidates.size() == 1 ? candidates.getFirst()
                    : HeldOutIndividuals.choose(candidates, asked, ResponseFamily.BINARY, share, 1, own.child("choice")).best();
            models.add(best.fit(asked, ResponseFamily.BINARY, own).orThrow());
        }
        return (i, x) -> {
            List<double[]> each = models.stream().map(model -> model.predict(i, x)).toList();
            double[] predicted = new double[models.size() * x.shape().size(0)];
            for (int n = 0; n < predicted.length; n++) {
                int row = n / models.size();
                double all = each.stream().mapToDouble(p -> p[row]).sum();
                predicted[n] = all == 0 ? 1.0 / models.size() : each.get(n % models.size())[row] / all;
            }
            return predicted;
        };
    }

    private static List<Individual> asked(List<Individual> all, int k) {
        Function<Individual, double[]> labels = one -> Arrays.stream(one.response()).map(y -> y == k ? 1 : 0).toArray();
        return all.stream().map(one -> new Individual(one.name(), one.predictors(), labels.apply(one), one.weights())).toList();
    }
}

package intarsia.models.study.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.data.Modalities;
import intarsia.models.data.Moments;
import intarsia.models.data.TaskSet;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Tuned;
import intarsia.models.simulation.CoupledCoefficients;
import intarsia.models.simulation.TuckerCoefficients;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What an item of the study draws from.
 *
 * @param stream names the random numbers: trials of one name share rows, splits and noise
 * @param data   the individuals
 * @param tenMtl what TenMTL's ranks and weights are chosen from here
 * @param ranks  the true ones, or null where they are not asked for
 */
public record Trial(String stream, PersonalData data, Tuned tenMtl, TuckerRanks ranks) {
    /** Whose true ranks are not asked for. */
    Trial(String stream, PersonalData data, Tuned tenMtl) {
        this(stream, data, tenMtl, null);
    }

    /** Individuals, simulated or split. */
    @FunctionalInterface
    public interface PersonalData {
        /** A replicate. */
        Replicate draw(RandomStream random);
    }

    /**
     * A replicate.
     *
     * @param family   of the responses
     * @param train    to learn from; ranks and weights are chosen within them
     * @param test     the same individuals' other rows
     * @param measured those rows of the individuals that lack a modality, with what they lack
     * @param scales   what an individual's errors are multiplied by to be in the response's unit
     * @param truth    the true coefficients, or null
     */
    public record Replicate(ResponseFamily family, List<Individual> train, List<Individual> test, List<Individual> measured,
            double[] scales, Tensor truth) {
        Replicate(ResponseFamily family, List<Individual> train, List<Individual> test, double[] scales, Tensor truth) {
            this(family, train, test, List.of(), scales, truth);
        }

        /** Rows are one vector of all modalities' numbers. */
        Replicate joined() {
            return shown(Trial::joined, truth);
        }

        /** Rows are one modality, counted from 0. */
        Replicate only(int modality) {
            return shown(all -> new Individual(all.name(), Modalities.part(all.modalities().shapes(), all.predictors(), modality),
                    all.response(), all.weights()), null);
        }

        private Replicate shown(UnaryOperator<Individual> as, Tensor known) {
            return new Replicate(family, train.stream().map(as).toList(), test.stream().map(as).toList(),
                    measured.stream().map(as).toList(), scales, known);
        }
    }

    private static Individual joined(Individual all) {
        return new Individual(all.name(), all.predictors(), all.response(), all.weights());
    }

    /** Simulated individuals. */
    static PersonalData simulated(TuckerCoefficients simulation) {
        return random -> {
            TuckerCoefficients.SimulatedIndividuals drawn = simulation.draw(random);
            return new Replicate(ResponseFamily.CONTINUOUS, drawn.train(), drawn.test(), repeated(1, drawn.train().size()), drawn.truth());
        };
    }

    /** Simulated individuals with several modalities. */
    static PersonalData coupled(CoupledCoefficients simulation) {
        return random -> {
            CoupledCoefficients.SimulatedIndividuals drawn = simulation.draw(random);
            return new Replicate(ResponseFamily.CONTINUOUS, drawn.train(), drawn.test(), drawn.measured(),
                    repeated(1, drawn.train().size()),
                    drawn.truth());
        };
    }

    /** A data set whose tasks are individuals, a share of each one's rows kept for the test. */
    static PersonalData split(TaskSet data, TensorForm form, double testShare) {
        return split(data, form, random -> DataSplit.random(data, 0, testShare, random));
    }

    /** A data set whose tasks are individuals, split in some way. */
    static PersonalData split(TaskSet data, TensorForm form, Function<RandomStream, DataSplit> splits) {
        return random -> {
            DataSplit split = splits.apply(random);
            TensorEncoding encoding = TensorEncoding.of(split, form);
            List<Individual> test = split.map(task -> encoding.individual(task, task.test()));
            return new Replicate(encoding.response(), encoding.individuals(split), test,
                    repeated(encoding.responseScale(), test.size()), null);
        };
    }

    /** The same, each column and the response standardized by the individual's own training rows. */
    static PersonalData within(PersonalData data) {
        return random -> {
            Replicate drawn = data.draw(random);
            List<Individual> train = new ArrayList<>();
            List<Individual> test = new ArrayList<>();
            double[] scales = drawn.scales.clone();
            for (int i = 0; i < scales.length; i++) {
                Individual known = drawn.train.get(i);
                int p = known.predictors().size() / known.rows();
                Moments[] columns = IntStream.range(0, p).mapToObj(j -> Moments.of(IntStream.range(0, known.rows())
                        .mapToDouble(row -> known.predictors().at(row * p + j)).toArray(), known.weights())).toArray(Moments[]::new);
                Moments scores = Moments.of(known.response(), known.weights());
                Moments response = scores.constant() ? new Moments(scores.mean(), 1) : scores;
                train.add(standardized(known, columns, response));
                test.add(standardized(drawn.test.get(i), columns, response));
                scales[i] *= response.scale();
            }
            return new Replicate(drawn.family, train, test, scales, null);
        };
    }

    private static Individual standardized(Individual rows, Moments[] columns, Moments response) {
        double[] x = rows.predictors().toDoubles();
        for (int j = 0; j < x.length; j++) {
            x[j] = columns[j % columns.length].encode(x[j]);
        }
        return new Individual(rows.name(), Tensor.of(rows.predictors().shape(), x), Arrays.stream(rows.response()).map(response::encode)
                .toArray(), rows.weights());
    }

    private static double[] repeated(double number, int times) {
        double[] all = new double[times];
        Arrays.fill(all, number);
        return all;
    }
}

package intarsia.models.study.tenmtl;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.simulation.TuckerCohort;
import intarsia.models.tenmtl.Contender;
import intarsia.models.tenmtl.Individual;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import intarsia.optim.solve.Family;
import java.util.List;

/**
 * What an item of the study draws from.
 *
 * @param stream names the random numbers: trials of one name share rows, splits and noise
 * @param data   the individuals
 * @param tenMtl what TenMTL's ranks and weights are chosen from here
 */
public record Trial(String stream, PersonalData data, Contender tenMtl) {
    /** Individuals, drawn or split. */
    @FunctionalInterface
    public interface PersonalData {
        /** A replicate. */
        Drawn draw(RandomStream random);
    }

    /**
     * A replicate.
     *
     * @param family of the responses
     * @param train  to learn from; what is chosen is chosen within them
     * @param test   the same individuals' other rows
     * @param scale  what an error is multiplied by to be in the response's unit
     * @param truth  the true coefficients, or null
     */
    public record Drawn(Family family, List<Individual> train, List<Individual> test, double scale, Tensor truth) {}

    /** Simulated individuals. */
    static PersonalData simulated(TuckerCohort cohort) {
        return random -> {
            TuckerCohort.Drawn drawn = cohort.draw(random);
            return new Drawn(Family.GAUSSIAN, drawn.train(), drawn.test(), 1, drawn.truth());
        };
    }

    /** A data set whose tasks are individuals, a share of each one's rows kept to be judged on. */
    static PersonalData split(TaskSet data, TensorForm form, double testShare) {
        return random -> {
            List<Split> splits = Split.random(data, 0, testShare, random);
            List<int[]> train = splits.stream().map(Split::train).toList();
            TensorEncoding encoding = TensorEncoding.of(data, train, form);
            return new Drawn(encoding.family(), encoding.individuals(data, train),
                    encoding.individuals(data, splits.stream().map(Split::test).toList()), encoding.responseScale(), null);
        };
    }
}

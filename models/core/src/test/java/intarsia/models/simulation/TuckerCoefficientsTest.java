package intarsia.models.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.data.Individual;
import intarsia.models.response.ResponseFamily;
import intarsia.models.selection.Tuned;
import intarsia.models.simulation.TuckerCoefficients.Scenario;
import intarsia.models.tenmtl.HeldOutIndividuals;
import intarsia.models.tenmtl.PersonalBaselines;
import intarsia.models.tenmtl.PersonalCoefficients;
import intarsia.models.tenmtl.PersonalEstimator;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuckerCoefficientsTest {
    @Test
    void drawsWhatItSays() {
        for (Scenario scenario : Scenario.values()) {
            TuckerCoefficients simulation = TuckerCoefficients.of(scenario);
            TuckerCoefficients.SimulatedIndividuals drawn = simulation.draw(RandomStream.of(1));
            assertThat(drawn.truth().shape().size(0)).isEqualTo(20);
            for (int k = 0; k < simulation.sizes().size(); k++) {
                assertThat(Svd.of(Multilinear.unfold(drawn.truth(), k + 1)).rank(1e-9)).isEqualTo(simulation.ranks().get(k));
            }
            double signal = 0;
            for (double b : drawn.truth().doubles()) {
                signal += b * b / 20;
            }
            assertThat(signal).isCloseTo(1, within(1e-12));
            assertThat(drawn.train()).hasSize(20).allSatisfy(one -> assertThat(one.rows()).isEqualTo(simulation.rows()));
            assertThat(Svd.of(Multilinear.unfold(simulation.beta(0).draw(RandomStream.of(1)).truth(), 0)).rank(1e-9)).isEqualTo(1);
            assertThat(simulation.draw(RandomStream.of(1)).truth()).isEqualTo(drawn.truth());
        }
        assertThat(TuckerCoefficients.of(Scenario.SPARSE).draw(RandomStream.of(1)).truth().get(3, 11, 8)).isZero();
    }

    /** Strongly different individuals and few rows: at or below local and global in all scenarios, all of them tuned. */
    @Test
    void tenMtlIsBelowLocalAndGlobalWhereRowsAreScarce() {
        for (Scenario scenario : Scenario.values()) {
            TuckerCoefficients simulation = TuckerCoefficients.of(scenario);
            List<TuckerRanks> ranks = simulation.sizes().size() == 1 ? List.of(TuckerRanks.of(1, 2), TuckerRanks.of(2, 3))
                    : List.of(TuckerRanks.of(1, 2, 2), TuckerRanks.of(2, 2, 2));
            double tenMtl = mean(simulation, TenMtl.tuned(TensorForm.AS_GIVEN, ranks, List.of(0.05), 0));
            for (String baseline : List.of("local-ridge", "local-lasso", "global")) {
                double other = mean(simulation, PersonalBaselines.of(baseline, TensorForm.AS_GIVEN));
                assertThat(tenMtl).as(scenario + " " + baseline).isLessThan(other);
            }
        }
    }

    private static double mean(TuckerCoefficients simulation, Tuned method) {
        double sum = 0;
        for (int replicate = 0; replicate < 3; replicate++) {
            TuckerCoefficients.SimulatedIndividuals drawn = simulation.draw(RandomStream.of(2).child("replicate", replicate));
            List<PersonalEstimator> candidates = method.candidates().stream().map(PersonalEstimator.class::cast).toList();
            RandomStream random = RandomStream.of(replicate);
            PersonalEstimator chosen = HeldOutIndividuals.choose(candidates, drawn.train(), ResponseFamily.CONTINUOUS, 0.25, 1, random)
                    .best();
            PersonalCoefficients models = chosen.fit(drawn.train(), ResponseFamily.CONTINUOUS, random).orThrow();
            double squares = 0;
            for (int i = 0; i < drawn.test().size(); i++) {
                Individual test = drawn.test().get(i);
                double[] means = models.predict(i, test.predictors());
                for (int n = 0; n < means.length; n++) {
                    squares += (means[n] - test.response()[n]) * (means[n] - test.response()[n]) / means.length / drawn.test().size();
                }
            }
            sum += Math.sqrt(squares) / 3;
        }
        return sum;
    }
}

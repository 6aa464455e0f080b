package intarsia.models.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.linalg.decomposition.Svd;
import intarsia.linalg.tucker.Multilinear;
import intarsia.models.simulation.TuckerCohort.Scenario;
import intarsia.models.tenmtl.Contender;
import intarsia.models.tenmtl.Individual;
import intarsia.models.tenmtl.PersonalMethod;
import intarsia.models.tenmtl.PersonalModels;
import intarsia.models.tenmtl.Selection;
import intarsia.optim.solve.Family;
import java.util.List;
import org.junit.jupiter.api.Test;

class TuckerCohortTest {
    @Test
    void drawsWhatItSays() {
        for (Scenario scenario : Scenario.values()) {
            TuckerCohort cohort = TuckerCohort.of(scenario);
            TuckerCohort.Drawn drawn = cohort.draw(RandomStream.of(1));
            assertThat(drawn.truth().shape().size(0)).isEqualTo(20);
            for (int k = 0; k < cohort.sizes().size(); k++) {
                assertThat(Svd.of(Multilinear.unfold(drawn.truth(), k + 1)).rank(1e-9)).isEqualTo(cohort.ranks().get(k));
            }
            double signal = 0;
            for (double b : drawn.truth().doubles()) {
                signal += b * b / 20;
            }
            assertThat(signal).isCloseTo(1, within(1e-12));
            assertThat(drawn.train()).hasSize(20).allSatisfy(one -> assertThat(one.rows()).isEqualTo(cohort.rows()));
            assertThat(Svd.of(Multilinear.unfold(cohort.beta(0).draw(RandomStream.of(1)).truth(), 0)).rank(1e-9)).isEqualTo(1);
            assertThat(cohort.draw(RandomStream.of(1)).truth()).isEqualTo(drawn.truth());
        }
        assertThat(TuckerCohort.of(Scenario.SPARSE).draw(RandomStream.of(1)).truth().get(3, 11, 8)).isZero();
    }

    /** Strongly different individuals and few rows: at or below local and global in all scenarios, all of them tuned. */
    @Test
    void tenMtlIsBelowLocalAndGlobalWhereRowsAreScarce() {
        for (Scenario scenario : Scenario.values()) {
            TuckerCohort cohort = TuckerCohort.of(scenario);
            List<int[]> ranks = cohort.sizes().size() == 1 ? List.of(new int[] {1, 2}, new int[] {2, 3}) : List.of(new int[] {1, 2, 2}, new int[] {2, 2, 2});
            double tenMtl = mean(cohort, Contender.tenMtl(ranks, List.of(0.05)));
            for (String baseline : List.of("local-ridge", "local-lasso", "global")) {
                assertThat(tenMtl).as(scenario + " " + baseline).isLessThan(mean(cohort, Contender.baseline(baseline)));
            }
        }
    }

    private static double mean(TuckerCohort cohort, Contender contender) {
        double sum = 0;
        for (int replicate = 0; replicate < 3; replicate++) {
            TuckerCohort.Drawn drawn = cohort.draw(RandomStream.of(2).child("replicate", replicate));
            List<PersonalMethod> all = contender.candidates().of(Family.GAUSSIAN, drawn.truth().shape());
            PersonalModels models = all.get(Selection.validate(all, drawn.train(), Family.GAUSSIAN, 0.25, 1, replicate).best()).fit(drawn.train());
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

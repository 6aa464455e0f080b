package intarsia.optim.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.Tensor;
import org.junit.jupiter.api.Test;

class BaselineHazardTest {
    @Test
    void baselineHazardsAreThoseOfR() {
        Cox model = CoxTest.table().withTies(Cox.Ties.BRESLOW);
        LinearFit fit = model.fit(0, new SolverOptions(1e-13, 200));
        BaselineHazard hazard = BaselineHazard.of(model, fit.predictors(model.predictors()).toDoubles());
        Families.assertGolden("cox-hazard", hazard.at(0, 2), hazard.at(0, 8), hazard.at(0, 15));
        Cox strata = CoxTest.table().withStrata(Families.whole("stratum")).withEntries(Families.column("entry"))
                .withWeights(Families.column("weight"));
        BaselineHazard aalen = BaselineHazard.of(strata, new double[160]);
        double[] at = new double[9];
        for (int k = 0; k < 9; k++) {
            at[k] = aalen.at(k / 3, new double[] {2, 8, 15}[k % 3]);
        }
        Families.assertGolden("cox-aalen", at);
    }

    /** The second of two rows leaves first, with the event. */
    @Test
    void twoRowsHaveTheirClosedForm() {
        Cox model = Cox.of(Tensor.zeros(2, 1), new double[] {2, 1}, new boolean[] {false, true}).withWeights(1, 1);
        for (double eta : new double[] {-3, 0, 0.7, 200}) {
            BaselineHazard hazard = BaselineHazard.of(model, eta, 0);
            assertThat(hazard.at(0, 0.99)).isZero();
            double expected = 1 / (1 + Math.exp(eta));
            assertThat(hazard.at(0, 1)).isCloseTo(expected, within(1e-12 * expected));
            assertThat(hazard.at(0, 100)).isEqualTo(hazard.at(0, 1));
            assertThat(hazard.at(1, 100)).isZero();
            assertThat(hazard.survival(0, 1, eta)).isCloseTo(Math.exp(-Math.exp(eta) * expected), within(1e-12));
            assertThat(hazard.survival(0, 0, eta)).isEqualTo(1);
        }
    }

    @Test
    void errorsSpeak() {
        Cox model = Cox.of(Tensor.zeros(2, 1), new double[] {1, 2}, new boolean[] {true, false});
        assertThatThrownBy(() -> BaselineHazard.of(model, 0)).hasMessage("baseline hazard: 1 linear predictors for 2 rows");
    }
}

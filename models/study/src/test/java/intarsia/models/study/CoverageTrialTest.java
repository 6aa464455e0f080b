package intarsia.models.study;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.RandomStream;
import intarsia.models.simulation.BlocksAtRandom;
import intarsia.models.study.imputation.CoverageTrial;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small version of {@code bench/imputation}, 1,000 replicates there: intervals cover where column means do not. */
class CoverageTrialTest {
    private static final int REPLICATES = 60;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pooledIntervalsCover(boolean byExam) {
        CoverageTrial trial = new CoverageTrial(new BlocksAtRandom(100, byExam), 10);
        int coefficients = BlocksAtRandom.COEFFICIENTS.size();
        Map<String, Double> covered = new TreeMap<>();
        for (int r = 0; r < REPLICATES; r++) {
            trial.run(RandomStream.of(1).child("replicate", r)).forEach((method, intervals) -> {
                for (int k = 0; k < coefficients; k++) {
                    covered.merge(method, intervals.covers(k) ? 1.0 / (REPLICATES * coefficients) : 0, Double::sum);
                }
            });
        }
        System.out.println(covered);
        // 420 intervals: four standard errors are 0.04 if they were independent
        assertThat(covered.get(CoverageTrial.POOLED)).isBetween(0.91, 0.99);
        assertThat(covered.get(CoverageTrial.NOTHING_MISSING)).isBetween(0.91, 0.99);
        assertThat(covered.get(CoverageTrial.MEANS)).isLessThan(0.8);
    }
}

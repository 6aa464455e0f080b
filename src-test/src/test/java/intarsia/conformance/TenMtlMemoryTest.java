package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TenMtlMemoryTest {
    /** 5,000 rows of 64x64 predictors within one GiB. */
    @Test
    void tensorPredictorsFitInAGibibyte() throws Exception {
        List<Double> objective = ChildJvm.lines(List.of("-Xmx1g"), TenMtlMemory.class).stream().map(Double::valueOf).toList();
        assertThat(objective).hasSize(2);
        assertThat(objective.get(1)).isLessThan(0.5 * objective.get(0));
    }
}

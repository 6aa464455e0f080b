package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharingTest {
    /** Whatever is drawn from cosines, such as a color scale from -1 to 1, may count on it. */
    @Test
    void cosinesOfTasksThatJoinedDoNotRoundBeyondOne() {
        Random random = new Random(1);
        List<Double> cosines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double[] beta = random.doubles(5, -1, 1).toArray();
            double[] opposite = java.util.Arrays.stream(beta).map(b -> -b).toArray();
            Coefficients at = new Coefficients(new double[3][1], new double[3], new double[][] {beta, beta.clone(), opposite}, new double[0][], new int[0]);
            cosines.add(at.similarity()[0][1]);
            cosines.add(-at.similarity()[0][2]);
        }
        assertThat(cosines).allSatisfy(cosine -> assertThat(cosine).isBetween(1 - 1e-15, 1.0));
    }
}

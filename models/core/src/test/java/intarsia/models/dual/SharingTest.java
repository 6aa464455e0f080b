package intarsia.models.dual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.Finding;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder.Penalties;
import intarsia.models.dual.DualEncoder.PenaltyWeight;
import intarsia.models.simulation.SharedCoefficients;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharingTest {
    /** Whatever is drawn from cosines, such as a color scale from -1 to 1, may count on it. */
    @Test
    void cosinesOfTasksWithEqualCoefficientsDoNotRoundBeyondOne() {
        Random random = new Random(1);
        List<Double> cosines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double[] beta = random.doubles(5, -1, 1).toArray();
            double[] opposite = java.util.Arrays.stream(beta).map(b -> -b).toArray();
            Coefficients at = new Coefficients(new double[3][1], new double[3], new double[][] {beta, beta.clone(), opposite},
                    new double[0][], new int[0]);
            cosines.add(at.cosines()[0][1]);
            cosines.add(-at.cosines()[0][2]);
        }
        assertThat(cosines).allSatisfy(cosine -> assertThat(cosine).isBetween(1 - 1e-15, 1.0));
    }

    private static final TaskSet DATA = new SharedCoefficients(5, 80, 5, 3, 0, 0.2, 0.2, 0, 0.2).draw(RandomStream.of(3));
    private static final DualEncoderModel MODEL = DualEncoderTest.fit(DualEncoderTest.LINEAR.penalties(new Penalties(10, 0, 0))
            .weight(new PenaltyWeight.Fixed(0.3)), DATA);

    @Test
    void sharingSaysWhoDeviates() {
        Sharing sharing = MODEL.sharing(DATA);
        double[][] cosine = sharing.coefficients().cosines();
        double[][] distance = sharing.coefficients().distances();
        for (int r = 0; r < 4; r++) {
            assertThat(sharing.deviation(r)).isLessThan(0.2 * sharing.deviation(4));
            assertThat(cosine[r][4]).isLessThan(cosine[r][(r + 1) % 4]);
            assertThat(distance[r][4]).isCloseTo(distance[4][r], within(1e-12));
            assertThat(sharing.share()[r]).isBetween(0.5, 1.0);
        }
        assertThat(sharing.dendrogram().order()).hasSize(5);
        assertThat(sharing.dendrogram().root()).isInstanceOfSatisfying(Dendrogram.Merge.class, last ->
                assertThat(List.of(last.left(), last.right())).contains(new Dendrogram.Leaf(4)));
    }

    @Test
    void findingsAreTablesAMatrixAndATree() {
        List<Finding> findings = MODEL.findings(DATA);
        assertThat(findings).extracting(Finding::name).containsExactly("sharing", "similarity", "dendrogram", "trace");
        assertThat(findings).extracting(Finding::title).allSatisfy(title -> assertThat(title).isNotBlank());
        Finding.Table sharing = (Finding.Table) findings.get(0);
        assertThat(sharing.header()).containsExactly("task", "norm", "deviation", "shared share");
        assertThat(sharing.rows()).extracting(List::getFirst).containsExactlyElementsOf(MODEL.tasks());
        assertThat(sharing.rows()).allSatisfy(row -> assertThat(Double.parseDouble(row.get(1))).isPositive());
        Finding.Matrix similarity = (Finding.Matrix) findings.get(1);
        List<Integer> order = MODEL.sharing(DATA).dendrogram().order();
        assertThat(similarity.rows()).isEqualTo(order.stream().map(MODEL.tasks()::get).toList()).isEqualTo(similarity.columns());
        assertThat(similarity.values()[1][3]).isEqualTo(MODEL.coefficients().cosines()[order.get(1)][order.get(3)]);
        assertThat(((Finding.Text) findings.get(2)).text().lines()).hasSize(9).anyMatch(line -> line.strip().equals("task 5"));
        Finding.Table trace = (Finding.Table) findings.get(3);
        assertThat(trace.rows()).hasSize(MODEL.settings().trace().size());
        assertThat(trace.rows().getFirst().getFirst()).isEqualTo("0");
        assertThat(Double.parseDouble(trace.rows().getFirst().get(1))).isCloseTo(MODEL.settings().trace().getFirst(), within(1e-9));
    }

    @Test
    void aTaskWithoutRowsInTheDataHasNoShare() {
        TaskSet.Builder some = TaskSet.builder();
        DATA.tasks().subList(0, 2).forEach(some::task);
        Finding.Table sharing = (Finding.Table) MODEL.findings(some.build()).getFirst();
        String expected = ((Finding.Table) MODEL.findings(DATA).getFirst()).rows().get(0).get(3);
        assertThat(sharing.rows().get(0).get(3)).isEqualTo(expected).isNotEmpty();
        assertThat(sharing.rows().get(4).get(3)).isEmpty();
    }

    @Test
    void aDendrogramMergesTheNearestFirst() {
        double[] points = {0, 10, 1, 13};
        double[][] distance = new double[4][4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                distance[i][j] = Math.abs(points[i] - points[j]);
            }
        }
        Dendrogram tree = Dendrogram.of(distance);
        assertThat(tree.order()).containsExactly(0, 2, 1, 3);
        assertThat(tree.root().height()).isEqualTo((10 + 13 + 9 + 12) / 4.0);
        assertThat(Dendrogram.of(new double[1][1]).root()).isEqualTo(new Dendrogram.Leaf(0));
    }
}

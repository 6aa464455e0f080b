package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.ImputationMethod;
import intarsia.models.Progress;
import intarsia.models.data.Column;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A chain of tasks, each with two of four sources, the second of which the next one has too; what the first lacks is known here. */
class ChainImputationTest {
    private static final int REPLICATES = 4;
    private static final List<Source> SOURCES = List.of("a", "b", "c", "d").stream().map(name -> Source.of(name,
            Column.continuous(name + "1"), Column.continuous(name + "2"), Column.continuous(name + "3"))).toList();

    /** Two factors, loadings drawn anew for each replicate, noise of deviation 0.5. */
    private record Chain(TaskSet data, double[][][] first) {
        static Chain draw(RandomStream random, int rows) {
            double[][] loadings = new double[12][2];
            for (double[] loading : loadings) {
                Arrays.setAll(loading, f -> random.nextGaussian());
            }
            TaskSet.Builder data = TaskSet.builder().linked();
            double[][][] first = null;
            for (int t = 0; t < 3; t++) {
                double[][][] blocks = new double[4][rows][3];
                double[] y = new double[rows];
                for (int i = 0; i < rows; i++) {
                    double[] z = {random.nextGaussian(), random.nextGaussian()};
                    for (int k = 0; k < 12; k++) {
                        blocks[k / 3][i][k % 3] = loadings[k][0] * z[0] + loadings[k][1] * z[1] + 0.5 * random.nextGaussian();
                    }
                    y[i] = z[0] - z[1] + 0.3 * random.nextGaussian();
                }
                first = first == null ? blocks : first;
                data.task(Task.continuous("task" + t).block(SOURCES.get(t), blocks[t]).block(SOURCES.get(t + 1), blocks[t + 1])
                        .response(y));
            }
            return new Chain(data.build(), first);
        }

        /** The share of a hidden block's squares that an imputation does not explain. */
        double unexplained(ImputationMethod method, int source) {
            try (Engine engine = Engine.options().kernels("scalar").open()) {
                Task task = data.task("task0");
                double[][] expected = method.learn(new FitContext(engine, DataSplit.all(data), RandomStream.of(1), Progress.NONE))
                        .expected(engine, "task0", SOURCES.get(source), Observations.of(task));
                double error = 0;
                double square = 0;
                for (int i = 0; i < expected.length; i++) {
                    for (int j = 0; j < 3; j++) {
                        double truth = first[source][i][j];
                        error += (expected[i][j] - truth) * (expected[i][j] - truth);
                        square += truth * truth;
                    }
                }
                return error / square;
            }
        }
    }

    /** What is hidden at distance one and two, of all its squares: less than a joint normal distribution leaves unexplained. */
    @Test
    void factorsReachFartherThanAJointNormalDistribution() {
        double[] factors = new double[2];
        double[] normal = new double[2];
        for (int r = 0; r < REPLICATES; r++) {
            Chain chain = Chain.draw(RandomStream.of(r), 100);
            for (int far = 0; far < 2; far++) {
                factors[far] += chain.unexplained(new FactorImputation(), 2 + far) / REPLICATES;
                normal[far] += chain.unexplained(new GaussianImputation(), 2 + far) / REPLICATES;
            }
        }
        assertThat(factors[0]).isLessThan(0.97 * normal[0]).isLessThan(0.25);
        assertThat(factors[1]).isLessThan(0.95 * normal[1]).isLessThan(0.3);
    }
}

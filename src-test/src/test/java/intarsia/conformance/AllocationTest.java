package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.decomposition.Matrices;
import intarsia.optim.EarlyStopping;
import intarsia.optim.Optimizer;
import intarsia.optim.ProximalStep;
import intarsia.optim.Schedule;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training step allocates nothing once it is compiled: feeding, the plan, the optimizer, the look at the loss. */
class AllocationTest {
    private static final int RUNS = 1000;
    /** Rounds of so many runs by the end of which everything has been compiled. */
    private static final int PATIENCE = 2_000;

    @ParameterizedTest
    @CsvSource({"scalar, F64", "scalar, F32", "simd, F64", "simd, F32"})
    void aStepAllocatesNothing(String kernels, Precision precision) {
        try (Engine engine = Engine.options().kernels(kernels).precision(precision).open()) {
            Graph graph = new Graph();
            Rows batch = graph.rows("batch", 8);
            Node table = graph.input("x", 20, 6);
            Node x = table.gather(batch);
            Node h = x.matmul(graph.parameter("w", Init.heNormal(6), 6, 9)).plus(graph.parameter("b", Init.zeros(), 9)).tanh();
            Node both = graph.concat(1, List.of(h, x.slice(1, 0, 2).exp()));
            Node z = both.matmul(graph.parameter("v", Init.heNormal(11), 11, 3));
            Node loss = z.logSoftmax().mean().negate().plus(h.transpose().matmul(x).square().sum().times(0.01))
                    .plus(z.sum(0).abs().sum().times(0.1));
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan plan = Plan.training(parameters, loss, z);
            plan.set(table, Init.heNormal(1).draw(table.shape(), RandomStream.of(2)));
            var optimizer = Optimizer.adam(new Schedule.StepDecay(1e-3, 0.95, 200)).clip(1).then(new ProximalStep.SoftThreshold(1e-4))
                    .bind(engine.kernels(), parameters.values(), parameters.gradients());
            EarlyStopping stopping = new EarlyStopping(engine.kernels(), parameters.values(), 10);
            int[] order = RandomStream.of(3).permutation(20);
            double[] out = new double[z.shape().size()];
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < PATIENCE && least > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < RUNS; i++) {
                    plan.set(batch, order, i % 12);
                    plan.run();
                    optimizer.step();
                    stopping.look(plan.scalar(loss));
                    plan.download(z, out);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes allocated by %d steps on %s", RUNS, engine.kernels().name()).isZero();
        }
    }

    /** Two blocks of rows, so that products take part; on two threads. */
    @ParameterizedTest
    @CsvSource({"scalar, F64", "simd, F64", "simd, F32"})
    void aLikelihoodAllocatesNothing(String kernels, Precision precision) {
        try (Engine engine = Engine.options().kernels(kernels).precision(precision).threads(2).open()) {
            Graph graph = new Graph();
            Node x = graph.parameter("x", new Init.Normal(1), 70, 70);
            Node l = x.matmul(x.transpose()).times(1.0 / 70).plus(graph.constant(Matrices.identity(70))).cholesky();
            Node y = graph.input("y", 70, 1);
            Node loss = l.triangularSolve(y, false).square().sum().plus(l.logDeterminant());
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan plan = Plan.training(parameters, loss);
            double[] values = new double[70];
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < PATIENCE && least > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < RUNS / 20; i++) {
                    values[i] = i;
                    plan.set(y, values);
                    plan.run();
                    plan.scalar(loss);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes allocated by likelihoods on %s", engine.kernels().name()).isZero();
        }
    }
}

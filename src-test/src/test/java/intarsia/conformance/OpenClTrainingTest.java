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
import intarsia.linalg.Tensor;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.hmb.MtlHmbModel;
import intarsia.models.net.Training;
import intarsia.models.simulation.BlockMissing;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Training on an OpenCL device has the bits of training on the CPU, and holds no more memory after 10,000 steps than after 2,000. */
class OpenClTrainingTest {
    /** A perceptron on rows of a table, with all it takes to train it. */
    private static final class Net {
        private final Parameters parameters;
        private final Plan plan;
        private final OptimizerRun optimizer;
        private final Rows batch;
        private final Node loss;
        private final int rows;
        private final int[] order;

        Net(Engine engine, int inputs, int width, int rows, int batchSize) {
            this.rows = rows;
            Graph graph = new Graph();
            batch = graph.rows("batch", batchSize);
            Node x = graph.input("x", rows, inputs);
            Node y = graph.input("y", rows, 1);
            Node h = x.gather(batch).matmul(graph.parameter("w1", Init.heNormal(inputs), inputs, width)).plus(graph.parameter("b1",
                    Init.zeros(), width)).tanh();
            Node z = h.matmul(graph.parameter("w2", Init.heNormal(width), width, 1)).plus(graph.parameter("b2", Init.zeros(), 1));
            loss = z.minus(y.gather(batch)).square().mean();
            parameters = Parameters.of(engine, graph, RandomStream.of(1));
            plan = Plan.training(parameters, loss);
            optimizer = Optimizer.adam(new Schedule.StepDecay(0.01, 0.95, 200)).clip(5)
                    .bind(engine.kernels(), parameters.values(), parameters.gradients());
            plan.set(x, new Init.Normal(1).draw(x.shape(), RandomStream.of(2)));
            plan.set(y, new Init.Normal(1).draw(y.shape(), RandomStream.of(3)));
            order = RandomStream.of(4).permutation(rows);
        }

        void step(int number) {
            plan.set(batch, order, number * batch.size() % (rows - batch.size() + 1));
            plan.run();
            optimizer.step();
        }
    }

    @BeforeEach
    void needsADevice() {
        Providers.onDevice();
    }

    @Test
    void aHundredStepsHaveTheBitsOfTheCpu() {
        for (Precision precision : Precision.values()) {
            try (Engine device = Engine.options().kernels("opencl").precision(precision).open();
                    Engine cpu = Engine.options().kernels("scalar").precision(precision).open()) {
                Net here = new Net(device, 37, 33, 700, 600);
                Net there = new Net(cpu, 37, 33, 700, 600);
                for (int i = 0; i < 100; i++) {
                    here.step(i);
                    there.step(i);
                }
                Map<String, Tensor> expected = there.parameters.toMap();
                here.parameters.toMap().forEach((name, weight) ->
                        assertThat(weight.toDoubles()).as("%s %s", precision, name).isEqualTo(expected.get(name).toDoubles()));
                assertThat(here.plan.scalar(here.loss)).isBetween(0.0, 0.5);
            }
        }
    }

    @Test
    void tenThousandStepsHoldNoMoreMemoryThanTwoThousand() throws IOException {
        Path status = Path.of("/proc/self/status");
        Assumptions.assumeTrue(Files.isReadable(status), "the memory of a process is read from /proc here");
        try (Engine engine = Engine.options().kernels("opencl").precision(Precision.F32).open()) {
            Net net = new Net(engine, 3, 4, 20, 8);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = 0;
            long allocated = Long.MAX_VALUE;
            for (int round = 1; round <= 10; round++) {
                long start = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1_000; i++) {
                    net.step(i);
                }
                allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - start);
                assertThat(net.plan.scalar(net.loss)).isFinite();
                if (round == 2) {
                    before = residentKilobytes(status);
                }
            }
            // A hundred bytes lost at each of the hundred thousand launches would be 10 MB.
            assertThat(residentKilobytes(status) - before).as("kB more").isLessThan(8_000);
            assertThat(allocated).as("bytes on the heap in a thousand steps").isZero();
        }
    }

    private static long residentKilobytes(Path status) throws IOException {
        System.gc();
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElseThrow();
    }

    @Test
    void mtlHmbLearnsTheSameThere() {
        var drawn = new BlockMissing(List.of(60, 67), 15, List.of(7, 5), List.of(0.95, 0.8), List.of(0.1, 0.1), 0.3, false,
                true).draw(RandomStream.of(1));
        DataSplit split = DataSplit.random(drawn.data(), 0.2, 0.2, RandomStream.of(2));
        Training training = Training.DEFAULT.epochs(4);
        MtlHmb options = MtlHmb.published().width(9).depth(2).penalties(0.01, 0.1,
                0.1).imputer(new MtlHmb.Imputer(9, 2, 0, training)).training(training);
        Map<String, Tensor> expected;
        try (Engine cpu = Engine.options().kernels("scalar").open()) {
            expected = options.fit(new FitContext(cpu, split, RandomStream.of(3), Progress.NONE)).orThrow().weights().tensors();
        }
        try (Engine device = Engine.options().kernels("opencl").open()) {
            MtlHmbModel model = options.fit(new FitContext(device, split, RandomStream.of(3), Progress.NONE)).orThrow();
            assertThat(model.weights().tensors().keySet()).isEqualTo(expected.keySet());
            model.weights().tensors().forEach((name, weight) ->
                    assertThat(weight.toDoubles()).as(name).isEqualTo(expected.get(name).toDoubles()));
        }
    }
}

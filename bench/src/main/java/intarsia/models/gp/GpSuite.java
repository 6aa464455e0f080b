package intarsia.models.gp;

import intarsia.bench.Numbers;
import intarsia.linalg.Pool;
import intarsia.models.response.ResponseFamily;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One evaluation of a Gaussian process's log marginal likelihood with its gradient by 13 hyperparameters, on one thread: one task, one
 * source of 20 columns, every kind of kernel in both parts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GpSuite {
    private static final int COLUMNS = 20;

    /** How many rows. */
    @Param("50")
    public int rows;

    /** Keeps a result alive. */
    public double kept;

    private MarginalLikelihood likelihood;
    private Hyperparameters hyperparameters;

    /** Makes data. */
    @Setup
    public void bind() {
        double[] x = Numbers.of("x", rows * COLUMNS, Math.sqrt(3));
        double[] y = Numbers.of("y", rows, 1);
        for (int i = 0; i < rows; i++) {
            y[i] += x[i * COLUMNS] + x[i * COLUMNS + 1] * x[i * COLUMNS + 2];
        }
        double[] squares = Arrays.stream(x).map(v -> KernelFeatures.square(v, 0)).toArray();
        SourceRows[] source = {SourceRows.measured(IntStream.range(0, rows).toArray(), x, COLUMNS, squares, COLUMNS)};
        KernelRows kernelRows = new KernelRows(new int[rows], source, source);
        Responses responses = new Responses(new int[rows], y, DoubleStream.generate(() -> 1).limit(rows).toArray(),
                List.of(ResponseFamily.CONTINUOUS));
        Covariance covariance = new Covariance(MultitaskGp.options().kernels(), kernelRows,
                new Divisors[] {new Divisors(COLUMNS, COLUMNS, new double[1], new double[1])}, 1);
        likelihood = new MarginalLikelihood(covariance, responses, new Pool(1));
        HyperparameterIndex index = new HyperparameterIndex(1, responses.noisy(), 0);
        double[] values = new double[index.size()];
        Arrays.fill(values, -1);
        hyperparameters = new Hyperparameters(index, values);
    }

    /** One evaluation. */
    @Benchmark
    public void run() {
        kept = likelihood.value(hyperparameters, new double[hyperparameters.index().size()]);
    }
}

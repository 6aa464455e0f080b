package intarsia.bench;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Products of square matrices. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatMulSuite {
    /** Who multiplies. */
    @Param("Intarsia")
    public String series;

    /** In which precision. */
    @Param({"F64", "F32"})
    public Precision precision;

    /** N or T for each side: T is read transposed. */
    @Param({"NN", "TN"})
    public String form;

    /** Rows and columns. */
    @Param({"7", "32"})
    public int size;

    private Work work;

    /** Binds. */
    @Setup
    public void bind() {
        ProductShape shape = ProductShape.square(size, form);
        double[] a = Numbers.of("a", size * size, 1);
        double[] b = Numbers.of("b", size * size, 1);
        if (Intarsia.owns(series)) {
            Engine engine = Intarsia.open(series, precision);
            View c = Intarsia.view(engine, size, size, new double[size * size]);
            work = Intarsia.with(engine, engine.kernels().matmul(shape.product(),
                    Intarsia.view(engine, size, size, a), Intarsia.view(engine, size, size, b), null, c));
        } else {
            work = Peer.named(series).product(precision, shape, a, b);
        }
    }

    /** One product. */
    @Benchmark
    public void product() {
        work.run();
    }

    /** Lets go. */
    @TearDown
    public void close() {
        work.close();
    }
}

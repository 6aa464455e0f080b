package intarsia.bench;

import intarsia.linalg.Chain;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.util.List;
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

/** Elementary functions of 4,096 numbers between -8 and 8, the logarithm of their magnitudes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ElementwiseSuite {
    static final String MATH = "java.lang.Math";
    private static final int SIZE = 4_096;

    /** Who computes: ours, or the JDK's scalar functions in a loop. */
    @Param({"Intarsia", MATH})
    public String series;

    /** In which precision. */
    @Param({"F64", "F32"})
    public Precision precision;

    /** Which function. */
    @Param({"EXP", "LOG", "TANH", "SIGMOID", "SOFTPLUS"})
    public Unary function;

    private Work work;

    /** Binds. */
    @Setup
    public void bind() {
        double[] x = Numbers.of("x", SIZE, 8);
        for (int i = 0; function == Unary.LOG && i < SIZE; i++) {
            x[i] = Math.abs(x[i]);
        }
        if (Intarsia.owns(series)) {
            Engine engine = Intarsia.open(series, precision);
            View in = Intarsia.view(engine, 1, SIZE, x);
            View out = View.of(engine.kernels().allocate(SIZE));
            work = Intarsia.with(engine, engine.kernels().chain(Chain.of(function), List.of(in), List.of(out)));
        } else {
            work = precision == Precision.F64 ? loop(x) : loop(floats(x));
        }
    }

    private Work loop(double[] x) {
        double[] y = new double[x.length];
        Unary f = function;
        return () -> {
            for (int i = 0; i < y.length; i++) {
                y[i] = apply(f, x[i]);
            }
        };
    }

    private Work loop(float[] x) {
        float[] y = new float[x.length];
        Unary f = function;
        return () -> {
            for (int i = 0; i < y.length; i++) {
                y[i] = (float) apply(f, x[i]);
            }
        };
    }

    private static double apply(Unary f, double x) {
        return switch (f) {
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case TANH -> Math.tanh(x);
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
            default -> throw new IllegalArgumentException("no loop for " + f);
        };
    }

    private static float[] floats(double[] x) {
        float[] floats = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            floats[i] = (float) x[i];
        }
        return floats;
    }

    /** All numbers once. */
    @Benchmark
    public void map() {
        work.run();
    }

    /** Lets go. */
    @TearDown
    public void close() {
        work.close();
    }
}

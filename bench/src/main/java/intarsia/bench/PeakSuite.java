package intarsia.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What one core can do at most: fused multiply-adds on registers alone, ten independent chains of them, enough for two units of latency 4
 * or 5.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PeakSuite {
    private static final int ROUNDS = 1_000;
    private static final int CHAINS = 10;

    /** Read at run time, so that nothing is known to the compiler. */
    public double factor = 0.999;

    /** Floating-point operations of one call. */
    static double operations(String precision) {
        int lanes = precision.equals("F64") ? DoubleVector.SPECIES_PREFERRED.length() : FloatVector.SPECIES_PREFERRED.length();
        return 2.0 * ROUNDS * CHAINS * lanes;
    }

    /** Doubles. */
    @Benchmark
    public double f64() {
        var x = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, factor);
        var y = DoubleVector.broadcast(DoubleVector.SPECIES_PREFERRED, 1 - factor);
        var a0 = x;
        var a1 = y;
        var a2 = x;
        var a3 = y;
        var a4 = x;
        var a5 = y;
        var a6 = x;
        var a7 = y;
        var a8 = x;
        var a9 = y;
        for (int i = 0; i < ROUNDS; i++) {
            a0 = a0.fma(x, y);
            a1 = a1.fma(x, y);
            a2 = a2.fma(x, y);
            a3 = a3.fma(x, y);
            a4 = a4.fma(x, y);
            a5 = a5.fma(x, y);
            a6 = a6.fma(x, y);
            a7 = a7.fma(x, y);
            a8 = a8.fma(x, y);
            a9 = a9.fma(x, y);
        }
        return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).lane(0);
    }

    /** Floats. */
    @Benchmark
    public float f32() {
        var x = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, (float) factor);
        var y = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, (float) (1 - factor));
        var a0 = x;
        var a1 = y;
        var a2 = x;
        var a3 = y;
        var a4 = x;
        var a5 = y;
        var a6 = x;
        var a7 = y;
        var a8 = x;
        var a9 = y;
        for (int i = 0; i < ROUNDS; i++) {
            a0 = a0.fma(x, y);
            a1 = a1.fma(x, y);
            a2 = a2.fma(x, y);
            a3 = a3.fma(x, y);
            a4 = a4.fma(x, y);
            a5 = a5.fma(x, y);
            a6 = a6.fma(x, y);
            a7 = a7.fma(x, y);
            a8 = a8.fma(x, y);
            a9 = a9.fma(x, y);
        }
        return a0.add(a1).add(a2).add(a3).add(a4).add(a5).add(a6).add(a7).add(a8).add(a9).lane(0);
    }
}

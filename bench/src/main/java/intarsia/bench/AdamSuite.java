package intarsia.bench;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One Adam step, and two limits of this machine that no Adam step can beat. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdamSuite {
    static final String MEMORY = "memory limit";
    static final String DIVIDER = "divider limit";
    private static final VectorSpecies<Double> F64 = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;

    /** Ours, the traffic of four vectors read and three written, or a square root and a division an element on registers alone. */
    @Param({"Intarsia", MEMORY, DIVIDER})
    public String series;

    /** In which precision. */
    @Param({"F64", "F32"})
    public Precision precision;

    /** How many parameters: in the nearest caches, or in none. */
    @Param({"4096"})
    public int size;

    /** Keeps a limit's result alive. */
    public double kept;

    private Work work;

    /** Binds. */
    @Setup
    public void bind() {
        work = switch (series) {
            case MEMORY -> precision == Precision.F64 ? traffic64(size) : traffic32(size);
            case DIVIDER -> precision == Precision.F64 ? this::divider64 : this::divider32;
            default -> adam();
        };
    }

    private Work adam() {
        Engine engine = Intarsia.open(series, precision);
        AdamStep step = new AdamStep(0.9, 0.999, 1e-8);
        step.set(0.001, 1);
        Command command = engine.kernels().adam(step, Intarsia.view(engine, 1, size, Numbers.of("p", size, 1)),
                Intarsia.view(engine, 1, size, Numbers.of("g", size, 1)), Intarsia.view(engine, 1, size, new double[size]),
                Intarsia.view(engine, 1, size, new double[size]));
        return Intarsia.with(engine, command);
    }

    private static Work traffic64(int size) {
        double[] p = new double[size];
        double[] g = Numbers.of("g", size, 1);
        double[] m = new double[size];
        double[] v = new double[size];
        return () -> {
            for (int i = 0; i < p.length; i += F64.length()) {
                var gradient = DoubleVector.fromArray(F64, g, i);
                gradient.sub(DoubleVector.fromArray(F64, m, i)).intoArray(m, i);
                gradient.sub(DoubleVector.fromArray(F64, v, i)).intoArray(v, i);
                gradient.sub(DoubleVector.fromArray(F64, p, i)).intoArray(p, i);
            }
        };
    }

    private static Work traffic32(int size) {
        float[] p = new float[size];
        float[] g = new float[size];
        float[] m = new float[size];
        float[] v = new float[size];
        java.util.Arrays.fill(g, 0.5f);
        return () -> {
            for (int i = 0; i < p.length; i += F32.length()) {
                var gradient = FloatVector.fromArray(F32, g, i);
                gradient.sub(FloatVector.fromArray(F32, m, i)).intoArray(m, i);
                gradient.sub(FloatVector.fromArray(F32, v, i)).intoArray(v, i);
                gradient.sub(FloatVector.fromArray(F32, p, i)).intoArray(p, i);
            }
        };
    }

    private void divider64() {
        var x = DoubleVector.broadcast(F64, 2 + kept * 0);
        var one = DoubleVector.broadcast(F64, 1);
        var sum = DoubleVector.zero(F64);
        for (int i = 0; i < size; i += F64.length()) {
            x = x.add(one);
            sum = sum.add(one.div(x.sqrt()));
        }
        kept = sum.lane(0);
    }

    private void divider32() {
        var x = FloatVector.broadcast(F32, (float) (2 + kept * 0));
        var one = FloatVector.broadcast(F32, 1);
        var sum = FloatVector.zero(F32);
        for (int i = 0; i < size; i += F32.length()) {
            x = x.add(one);
            sum = sum.add(one.div(x.sqrt()));
        }
        kept = sum.lane(0);
    }

    /** One step. */
    @Benchmark
    public void step() {
        work.run();
    }

    /** Lets go. */
    @TearDown
    public void close() {
        work.close();
    }
}

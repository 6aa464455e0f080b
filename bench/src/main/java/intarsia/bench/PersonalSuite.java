package intarsia.bench;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Individual;
import intarsia.models.files.Study;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorEncoding;
import intarsia.models.tenmtl.TensorForm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What TenMTL is made of: higher-order singular values, and a fit of 42 patients at fixed ranks. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PersonalSuite {
    static final String PATIENTS = "fit of Parkinson's";

    /** Which. */
    @Param({"HOSVD 6x5x4", "HOSVD by Gram 6x5x4"})
    public String problem;

    /** Keeps a result alive. */
    public Object kept;

    private Work work;

    /** Binds. */
    @Setup
    public void bind() {
        int blank = problem.lastIndexOf(' ');
        String what = problem.substring(0, blank);
        int[] sizes = problem.equals(PATIENTS) ? new int[0]
                : Stream.of(problem.substring(blank + 1).split("x")).mapToInt(Integer::parseInt).toArray();
        work = switch (what) {
            case "HOSVD" -> hosvd(sizes, SvdMethod.ACCURATE);
            case "HOSVD by Gram" -> hosvd(sizes, SvdMethod.GRAM);
            default -> patients();
        };
    }

    private Work hosvd(int[] sizes, SvdMethod method) {
        Shape shape = Shape.of(sizes);
        Tensor a = Tensor.of(shape, Numbers.of("a", shape.size(), 1));
        Ranks ranks = Ranks.of(IntStream.of(sizes).map(size -> Math.max(1, size / 5)).toArray());
        return () -> kept = Tucker.hosvd(a, ranks, method);
    }

    /** Parkinson's telemonitoring, (1, time, hinges) o (1, voice), all rows, ranks 6, 6 and 1. */
    private Work patients() {
        DataSplit data = DataSplit.all(Study.read(Path.of("examples/parkinsons")).tasks());
        TensorEncoding encoding = TensorEncoding.of(data, new TensorForm(List.of(List.of("time"), List.of("voice")),
                Map.of("test_time", List.of(77.0, 84.0, 91.0, 98.0, 105.0, 112.0))));
        List<Individual> individuals = encoding.individuals(data);
        TenMtl tenMtl = TenMtl.options().ranks(6, 6, 1);
        return () -> kept = tenMtl.solve(individuals, encoding.response(), RandomStream.of(1, "fit"));
    }

    /** One of them. */
    @Benchmark
    public void run() {
        work.run();
    }
}

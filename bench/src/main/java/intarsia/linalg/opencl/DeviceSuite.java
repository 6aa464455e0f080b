package intarsia.linalg.opencl;

import intarsia.bench.Measurement;
import intarsia.bench.Stopwatch;
import intarsia.linalg.Engine;
import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.View;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What only a look behind the contract can measure of a device: its peak, and a peer on the same queue and buffers. Lives in this package
 * for that.
 */
public final class DeviceSuite {
    private static final int GROUP = 128;
    private static final int ROUNDS = 2_000;
    private static final int CHAINS = 16;

    private DeviceSuite() {}

    /** The devices, a line each. */
    public static String describe(String kernels) {
        try (Engine engine = Engine.options().kernels(kernels).precision(Precision.F32).open()) {
            return ((OpenClKernels) engine.kernels()).session().device().describe();
        }
    }

    /** Whether an engine's device computes in this precision. */
    public static boolean has(String kernels, Precision precision) {
        try (Engine engine = Engine.options().kernels(kernels).precision(Precision.F32).open()) {
            return precision == Precision.F32 || ((OpenClKernels) engine.kernels()).session().device().f64();
        }
    }

    /** Fused multiply-adds on registers alone, in GFLOP/s: independent chains in every work-item of many groups. */
    public static Measurement peak(Engine engine, int millis) {
        OpenClKernels kernels = (OpenClKernels) engine.kernels();
        int items = kernels.session().device().units() * 32 * GROUP;
        View out = View.of(kernels.allocate(items));
        StringBuilder step = new StringBuilder();
        for (int c = 0; c < CHAINS; c++) {
            step.append("        a[%d] = fma(a[%d], x, y);\n".formatted(c, c));
        }
        String source = """
                kernel void peak(real x, real y, int rounds, global real *out) {
                    real a[%d];
                    #pragma unroll
                    for (int c = 0; c < %d; c++) {
                        a[c] = c * x + get_global_id(0);
                    }
                    for (int i = 0; i < rounds; i++) {
                %s    }
                    real sum = 0;
                    #pragma unroll
                    for (int c = 0; c < %d; c++) {
                        sum += a[c];
                    }
                    out[get_global_id(0)] = sum;
                }
                """.formatted(CHAINS, CHAINS, step, CHAINS);
        Launch launch = kernels.kernel(source, "peak").real(0.999).real(0.001).ints(ROUNDS).buffer(DeviceBuffer.of(out,
                kernels.precision()).id())
                .over("peak", items, GROUP);
        double nanos = Stopwatch.nanos(launch::run, kernels.queue()::finish, millis);
        return new Measurement("device peak", kernels.precision().name(), "GFLOP/s", 2.0 * items * ROUNDS * CHAINS / nanos);
    }

    /** The product of two square matrices, ours and CLBlast's if it is installed. */
    public static void product(Engine engine, int size, boolean peers, int millis, Consumer<Measurement> to) {
        OpenClKernels kernels = (OpenClKernels) engine.kernels();
        String row = kernels.precision() + " " + size;
        try (OpenClKernels scope = (OpenClKernels) kernels.scope()) {
            View a = random(scope, size, "a");
            View b = random(scope, size, "b");
            View c = View.of(scope.allocate(size * size), size, size);
            to.accept(new Measurement("device matmul", row, "Intarsia", Stopwatch.nanos(scope.matmul(MatMul.PLAIN, a, b, null, c)::run,
                    scope.queue()::finish, millis)));
            Optional<ClBlast> peer = peers ? ClBlast.installed(kernels.precision()) : Optional.empty();
            peer.ifPresent(blast -> to.accept(new Measurement("device matmul", row, "CLBlast", Stopwatch.nanos(
                    () -> blast.multiply(scope.queue().id(), size, id(a), id(b), id(c)), scope.queue()::finish, millis))));
        }
    }

    private static long id(View view) {
        return DeviceBuffer.of(view, view.buffer().precision()).id();
    }

    private static View random(OpenClKernels kernels, int size, String name) {
        RandomStream random = RandomStream.of(1).child(name);
        double[] line = new double[size];
        View view = View.of(kernels.allocate(size * size), size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                line[j] = 2 * random.nextDouble() - 1;
            }
            kernels.upload(line, 0, view.rows(i, i + 1));
        }
        return view;
    }
}

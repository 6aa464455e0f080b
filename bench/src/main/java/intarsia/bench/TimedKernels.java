package intarsia.bench;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Buffer;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Indices;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.View;
import intarsia.linalg.simd.SimdKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Kernels on the Vector API, each of whose commands is timed: where a step's time goes. Taken only by its name, {@code timed}. */
public final class TimedKernels implements KernelProvider {
    /**
     * What a command took.
     *
     * @param what  the kernel and the sizes of its operands
     * @param flops its floating-point operations, if it is a product
     * @param nanos the least it took so far, its timer included
     */
    record Timing(String what, double flops, long[] nanos) {}

    /** Every command bound so far, in order. */
    static final List<Timing> TIMINGS = new ArrayList<>();

    /** For {@link java.util.ServiceLoader}. */
    public TimedKernels() {}

    @Override
    public String name() {
        return "timed";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Support support() {
        return new SimdKernels().support();
    }

    @Override
    public Kernels open(Precision precision, Pool pool) {
        return new Timed(new SimdKernels().open(precision, pool));
    }

    private record Timed(Kernels kernels) implements Kernels {
        private static Command timed(Command command, String what, View... operands) {
            return timed(command, what, 0, List.of(operands));
        }

        private static Command timed(Command command, String what, double flops, List<View> operands) {
            long[] nanos = {Long.MAX_VALUE};
            TIMINGS.add(new Timing(what + operands.stream().map(v -> " " + v + (v.contiguous() ? "" : "/" + v.stride()))
                    .collect(Collectors.joining()),
                    flops, nanos));
            return () -> {
                long start = System.nanoTime();
                command.run();
                nanos[0] = Math.min(nanos[0], System.nanoTime() - start);
            };
        }

        @Override
        public String name() {
            return kernels.name();
        }

        @Override
        public Precision precision() {
            return kernels.precision();
        }

        @Override
        public Buffer allocate(int size) {
            return kernels.allocate(size);
        }

        @Override
        public Indices allocateIndices(int size) {
            return kernels.allocateIndices(size);
        }

        @Override
        public void free(Buffer buffer) {
            kernels.free(buffer);
        }

        @Override
        public void upload(double[] from, int offset, View to) {
            kernels.upload(from, offset, to);
        }

        @Override
        public void upload(int[] from, int offset, Indices to) {
            kernels.upload(from, offset, to);
        }

        @Override
        public void download(View from, double[] to, int offset) {
            kernels.download(from, to, offset);
        }

        @Override
        public double read(View from) {
            return kernels.read(from);
        }

        @Override
        public Command fill(View out, double value) {
            return timed(kernels.fill(out, value), "fill", out);
        }

        @Override
        public Command copy(View in, View out) {
            return timed(kernels.copy(in, out), "copy", in, out);
        }

        @Override
        public Command permute(View in, Shape shape, int[] axes, View out) {
            return timed(kernels.permute(in, shape, axes, out), "permute", in, out);
        }

        @Override
        public Command chain(Chain chain, List<View> inputs, List<View> outputs) {
            List<View> operands = new ArrayList<>(inputs);
            operands.addAll(outputs);
            String steps = chain.steps().stream().map(step -> switch (step) {
                case Chain.Map map -> map.f().name();
                case Chain.Zip zip -> zip.f().name();
                case Chain.Affine affine -> "AFFINE";
            }).collect(Collectors.joining(" ")).toLowerCase(java.util.Locale.ROOT);
            return timed(kernels.chain(chain, inputs, outputs), steps, 0, operands);
        }

        @Override
        public Command matmul(MatMul product, View a, View b, View bias, View c) {
            String what = "matmul " + (product.transposeA() ? "T" : "N") + (product.transposeB() ? "T" : "N") + " " + product.start()
                    + (product.activation() == null ? "" : " " + product.activation());
            double flops = 2.0 * c.size() * (product.transposeA() ? a.rows() : a.columns());
            return timed(kernels.matmul(product, a, b, bias, c), what, flops, List.of(a, b, c));
        }

        @Override
        public Command sum(View in, View out, boolean accumulate) {
            return timed(kernels.sum(in, out, accumulate), "sum", in, out);
        }

        @Override
        public Command dot(View x, View y, View out, boolean accumulate) {
            return timed(kernels.dot(x, y, out, accumulate), "dot", x, y, out);
        }

        @Override
        public Command logSumExp(View in, View out) {
            return timed(kernels.logSumExp(in, out), "logSumExp", in, out);
        }

        @Override
        public Command softmax(View in, View out) {
            return timed(kernels.softmax(in, out), "softmax", in, out);
        }

        @Override
        public Command gather(View table, Indices rows, View out) {
            return timed(kernels.gather(table, rows, out), "gather", table, out);
        }

        @Override
        public Command scatterAdd(View in, Indices rows, View table) {
            return timed(kernels.scatterAdd(in, rows, table), "scatterAdd", in, table);
        }

        @Override
        public Command adam(AdamStep step, View parameters, View gradients, View firstMoment, View secondMoment) {
            return timed(kernels.adam(step, parameters, gradients, firstMoment, secondMoment), "adam", parameters);
        }
    }
}

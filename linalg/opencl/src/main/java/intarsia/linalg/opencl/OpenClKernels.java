package intarsia.linalg.opencl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import intarsia.linalg.AdamStep;
import intarsia.linalg.Buffer;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Operands;
import intarsia.linalg.Precision;
import intarsia.linalg.Shape;
import intarsia.linalg.View;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Kernels on a device: they check operands, set arguments, and return launches. */
final class OpenClKernels implements Kernels {
    private static final Command NOTHING = () -> { };
    /** Work-items in a group where each does one element. */
    private static final int GROUP = 128;

    private final Session session;
    private final Precision precision;
    private final Queue queue;
    private final OpenClKernels parent;
    private final boolean slices = System.getProperty(Products.SLICES, "off").equals("on");
    private final DeviceResources holdings = new DeviceResources();
    private final List<PendingChain> pending = new ArrayList<>();

    private OpenClKernels(Session session, Precision precision, Queue queue, OpenClKernels parent) {
        this.session = session;
        this.precision = precision;
        this.queue = queue;
        this.parent = parent;
    }

    static OpenClKernels on(Session session, Precision precision) {
        return new OpenClKernels(session, precision, new Queue(session, precision), null);
    }

    @Override
    public String name() {
        return "opencl on " + session.device().name();
    }

    @Override
    public boolean onHost() {
        return false;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public Kernels scope() {
        OpenClKernels scope = new OpenClKernels(session, precision, queue, this);
        holdings.scopes().add(scope);
        return scope;
    }

    @Override
    public void close() {
        if (!holdings.open()) {
            return;
        }
        List<Runnable> steps = new ArrayList<>();
        holdings.scopes().forEach(scope -> steps.add(scope::close));
        steps.add(queue::finish);
        steps.add(holdings::close);
        steps.add(parent == null ? queue::close : () -> parent.holdings.scopes().remove(this));
        ReleaseSteps.all(steps);
    }

    Queue queue() {
        return queue;
    }

    Session session() {
        return session;
    }

    /** The bytes of device memory held now, including scopes. */
    long bytes() {
        return holdings.bytes() + holdings.scopes().stream().mapToLong(OpenClKernels::bytes).sum();
    }

    /** A few bytes for arguments on their way. */
    MemorySegment scratch() {
        return holdings.scratch();
    }

    /** Sizes of a range, which live as long as these kernels. */
    MemorySegment sizes(long... sizes) {
        return holdings.arena().allocateFrom(JAVA_LONG, sizes);
    }

    /** Memory for other things than numbers, which lives as long as these kernels. */
    long hold(long bytes) {
        return holdings.memory(session, bytes);
    }

    /** A kernel, which lives as long as these kernels. */
    Binding kernel(String source, String name) {
        return new Binding(this, holdings.kernel(session.programs(precision).get(source), name));
    }

    private Binding kernel(String name) {
        return kernel(KernelSource.KERNELS, name);
    }

    @Override
    public Buffer allocate(int size) {
        DeviceBuffer buffer = new DeviceBuffer(session, precision, size);
        holdings.add(buffer);
        queue.fill(buffer, 0, 0, Math.max(1, size));
        return buffer;
    }

    @Override
    public Indices allocateIndices(int size) {
        return new DeviceIndices(this, size);
    }

    @Override
    public void free(Buffer buffer) {
        holdings.remove((DeviceBuffer) buffer);
    }

    @Override
    public void upload(double[] from, int offset, View to) {
        queue.upload(from, offset, to);
    }

    @Override
    public void upload(int[] from, int offset, Indices to) {
        ((DeviceIndices) to).upload(from, offset);
    }

    @Override
    public void download(View from, double[] to, int offset) {
        queue.download(from, to, offset);
    }

    @Override
    public double read(View from) {
        return queue.read(from);
    }

    @Override
    public Command fill(View out, double value) {
        if (out.size() == 0) {
            return NOTHING;
        }
        if (out.contiguous()) {
            DeviceBuffer buffer = DeviceBuffer.of(out, precision);
            return () -> queue.fill(buffer, value, out.offset(), out.size());
        }
        return kernel("fill").ints(out.size(), out.columns()).real(value).matrix(out).over("fill " + out, out.size(), GROUP);
    }

    @Override
    public Command copy(View in, View out) {
        Operands.copy(in, out);
        if (out.size() == 0) {
            return NOTHING;
        }
        if (in.size() == out.size() && in.contiguous() && out.contiguous()) {
            DeviceBuffer from = DeviceBuffer.of(in, precision);
            DeviceBuffer to = DeviceBuffer.of(out, precision);
            return () -> queue.copy(from, in.offset(), to, out.offset(), out.size());
        }
        return kernel("copy").ints(out.size(), out.columns()).start(in).ints(rowStep(in), columnStep(in)).matrix(out)
                .over("copy " + in + " to " + out, out.size(), GROUP);
    }

    private static int rowStep(View in) {
        return in.rows() == 1 ? 0 : in.stride();
    }

    private static int columnStep(View in) {
        return in.columns() == 1 ? 0 : 1;
    }

    @Override
    public Command permute(View in, Shape shape, int[] axes, View out) {
        Operands.permute(in, shape, out);
        if (out.size() == 0) {
            return NOTHING;
        }
        int rank = shape.rank();
        int[] strides = shape.strides();
        int[] sizesAndSteps = new int[2 * rank];
        for (int k = 0; k < rank; k++) {
            sizesAndSteps[k] = shape.size(axes[k]);
            sizesAndSteps[rank + k] = strides[axes[k]];
        }
        long table = hold(Math.max(1, 2 * rank) * 4L);
        queue.upload(sizesAndSteps, 0, 2 * rank, table);
        return kernel("permute").ints(out.size(), rank).buffer(table).start(in).start(out).over("permute " + shape, out.size(), GROUP);
    }

    @Override
    public Command chain(Chain chain, List<View> inputs, List<View> outputs) {
        Operands.chain(chain, inputs, outputs);
        View first = outputs.getFirst();
        if (first.size() == 0) {
            return NOTHING;
        }
        boolean flat = outputs.stream().allMatch(View::contiguous)
                && inputs.stream().allMatch(in -> in.size() == 1 || (in.contiguous() && in.size() == first.size()));
        ChainSource source = ChainSource.of(chain);
        PendingChain command = new PendingChain(this, source, () -> {
            Binding binding = kernel(source.text(), source.name()).ints(first.size(), flat ? first.size() : first.columns());
            for (View in : inputs) {
                binding.start(in).ints(rowStep(in), flat ? Math.min(1, in.size() - 1) : columnStep(in));
            }
            outputs.forEach(binding::matrix);
            for (Chain.Step step : chain.steps()) {
                if (step instanceof Chain.Affine(double scale, double shift, int x)) {
                    binding.real(scale).real(shift);
                }
            }
            return binding.over("chain of " + chain.steps().size() + " steps on " + first, first.size(), GROUP);
        });
        pending.add(command);
        return command;
    }

    /** Builds the programs of all chains bound so far, in one go. */
    void bindPending() {
        session.programs(precision).buildAll(pending.stream().map(command -> command.source().text()).toList());
        while (!pending.isEmpty()) {
            pending.getFirst().bind();
            pending.removeFirst();
        }
    }

    @Override
    public Command matmul(MatMul product, View a, View b, View bias, View c) {
        Operands.matmul(product, a, b, bias, c);
        return c.size() == 0 ? NOTHING
                : new Products(this, session.tiles(precision), session.device().units(), slices).bind(product, a, b, bias, c);
    }

    @Override
    public Command sum(View in, View out, boolean accumulate) {
        Operands.sum(in, out);
        if (out.size() == 1) {
            int line = in.contiguous() ? in.size() : in.columns();
            return along("sum of " + in, in, 1, in.size(), Math.max(1, line), 0, in.stride(), out, accumulate);
        }
        if (out.size() == 0) {
            return NOTHING;
        }
        return out.rows() == 1 ? down(in, out, accumulate)
                : along("sums of rows of " + in, in, in.rows(), in.columns(), Math.max(1, in.columns()), in.stride(), 0, out, accumulate);
    }

    /** Sums of so many rows of n numbers, each in lines of some length. */
    private Command along(String what, View in, int rows, int n, int line, int rowStep, int lineStep, View out, boolean accumulate) {
        return kernel("sum").ints(n, line).start(in).ints(rowStep, lineStep, accumulate ? 1 : 0).matrix(out).groups(what, rows, LANES);
    }

    private Command down(View in, View out, boolean accumulate) {
        return kernel("sum_down").ints(in.columns(), in.rows()).matrix(in).ints(accumulate ? 1 : 0).start(out)
                .over("sum over rows of " + in, in.columns(), GROUP);
    }

    @Override
    public Command dot(View x, View y, View out, boolean accumulate) {
        Operands.dot(x, y);
        return kernel("dot_product").ints(x.size(), Math.max(1, x.columns())).matrix(x).matrix(y).ints(accumulate ? 1 : 0).start(out)
                .groups("dot of " + x, 1, LANES);
    }

    @Override
    public Command logSumExp(View in, View out) {
        Operands.logSumExp(in, out);
        return out.size() == 0 ? NOTHING
                : kernel("log_sum_exp").ints(in.columns()).matrix(in).matrix(out).groups("logSumExp of " + in, in.rows(), LANES);
    }

    @Override
    public Command softmax(View in, View out) {
        Operands.softmax(in, out);
        return out.size() == 0 ? NOTHING
                : kernel("softmax").ints(in.columns()).matrix(in).matrix(out).groups("softmax of " + in, in.rows(), LANES);
    }

    @Override
    public Command gather(View table, Indices rows, View out) {
        Operands.gather(table, rows, out);
        return out.size() == 0 ? NOTHING
                : kernel("gather").ints(out.size(), out.columns()).matrix(table).buffer(((DeviceIndices) rows).buffer()).matrix(out)
                .over("gather " + out, out.size(), GROUP);
    }

    @Override
    public Command scatterAdd(View in, Indices rows, View table) {
        Operands.scatterAdd(in, rows, table);
        DeviceIndices numbers = (DeviceIndices) rows;
        return in.size() == 0 ? NOTHING : kernel("scatter_add").ints(in.size(), in.columns(), in.rows()).matrix(in).buffer(numbers.buffer())
                .buffer(numbers.links()).matrix(table).over("scatterAdd " + in, in.size(), GROUP);
    }

    @Override
    public Command adam(AdamStep step, View parameters, View gradients, View firstMoment, View secondMoment) {
        Operands.adam(parameters, gradients, firstMoment, secondMoment);
        if (parameters.size() == 0) {
            return NOTHING;
        }
        Binding binding = kernel("adam").ints(parameters.size()).real(step.beta1()).real(1 - step.beta1()).real(step.beta2())
                .real(1 - step.beta2()).real(step.epsilon());
        int size = binding.next();
        Launch launch = binding.real(0).real(0).start(parameters).start(gradients).start(firstMoment).start(secondMoment)
                .over("adam on " + parameters.size() + " numbers", parameters.size(), GROUP);
        return () -> {
            binding.real(size, step.size());
            binding.real(size + 1, step.unbias());
            launch.run();
        };
    }

    /** One command after another. */
    static Command both(Command first, Command second) {
        return () -> {
            first.run();
            second.run();
        };
    }
}

package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.Rows;
import intarsia.linalg.Binary;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Turns nodes into a {@link Plan}: one switch over all ops, everything that can be decided once decided here. */
final class Compiler {
    private final Engine engine;
    private final Kernels kernels;
    private final Parameters parameters;
    private final List<Node> outputs;
    private final Map<Node, Node> targets;
    private final NodeFusion fusion;
    private final ChainBuilder chains = new ChainBuilder(this);
    private final TriangleBuilder triangles;

    private final Map<Node, Value> values = new HashMap<>();
    private final Map<Node, Value> inputs = new LinkedHashMap<>();
    private final Map<Rows, Plan.RowNumbers> rows = new LinkedHashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();

    /**
     * A compiler for these outputs.
     *
     * @param targets for parameters, the node that is to be written to the parameter's gradient
     */
    Compiler(Parameters parameters, List<Node> outputs, Map<Node, Node> targets) {
        this.engine = parameters.engine();
        this.kernels = engine.kernels();
        triangles = new TriangleBuilder(this, engine);
        this.parameters = parameters;
        this.outputs = outputs;
        this.targets = targets;
        Set<Node> pinned = new LinkedHashSet<>(outputs);
        pinned.addAll(targets.values());
        Node first = pinned.isEmpty() ? null : pinned.iterator().next();
        for (Node node : pinned) {
            if (node.graph() != first.graph()) {
                throw new IllegalArgumentException("plan of " + first + " and " + node + ": they belong to different graphs");
            }
        }
        this.fusion = new NodeFusion(pinned);
    }

    Plan compile() {
        placeTargets();
        placeConcats();
        for (Node node : fusion.needed()) {
            if (!fusion.absorbed(node)) {
                emit(node);
            }
        }
        targets.forEach((parameter, gradient) -> {
            Value to = given(parameters.gradientOf(parameter));
            if (!sameGivenPlace(value(gradient), to)) {
                copy("gradient of " + parameter, value(gradient), to);
            }
        });
        Map<Node, Value> results = new LinkedHashMap<>();
        outputs.forEach(output -> results.put(output, value(output)));
        List<Storage> pinned = results.values().stream().map(Value::storage).toList();
        int arena = Memory.layOut(kernels, instructions, pinned).size();
        List<Command> commands = new ArrayList<>();
        instructions.forEach(instruction -> instruction.bind().accept(kernels, commands::add));
        return new Plan(engine, instructions, commands, views(inputs), rows, views(results), arena);
    }

    private static Map<Node, View> views(Map<Node, Value> places) {
        Map<Node, View> views = new LinkedHashMap<>();
        places.forEach((node, place) -> views.put(node, place.view()));
        return views;
    }

    /** A gradient that is computed for one parameter only goes straight to its place. */
    private void placeTargets() {
        targets.forEach((parameter, gradient) -> {
            if (!gradient.inputs().isEmpty() && !viewLike(gradient) && !outputs.contains(gradient)) {
                values.putIfAbsent(gradient, given(parameters.gradientOf(parameter)));
            }
        });
    }

    /** What is concatenated, and nowhere else yet, is computed in its part of the whole. */
    private void placeConcats() {
        for (Node node : fusion.needed().reversed()) {
            if (node.op() instanceof Op.Concat concat && node.shape().rank() == 2 && !fusion.absorbed(node)) {
                Value whole = values.computeIfAbsent(node, this::fresh);
                int from = 0;
                for (Node part : node.inputs()) {
                    int to = from + part.shape().size(concat.axis());
                    Value within = concat.axis() == 0 ? whole.rows(from, to) : whole.columns(from, to);
                    if (!part.inputs().isEmpty() && !viewLike(part) && stridesWell(part)) {
                        values.putIfAbsent(part, within);
                    }
                    from = to;
                }
            }
        }
    }

    private static boolean viewLike(Node node) {
        return node.op() instanceof Op.Reshape || node.op() instanceof Op.Slice;
    }

    /** Whether all that read this node can do so where rows do not follow one another directly. */
    private boolean stridesWell(Node node) {
        return fusion.consumers(node).stream().noneMatch(c -> c.op() instanceof Op.Reshape || c.op() instanceof Op.Permute);
    }

    private void emit(Node node) {
        NodeFusion.FusedProduct product = fusion.product(node);
        if (product != null) {
            emitProduct(node, product);
            return;
        }
        NodeFusion.PaddedSum sum = fusion.paddedSum(node);
        if (sum != null) {
            emitPaddedSum(node, sum);
            return;
        }
        NodeFusion.Dot dot = fusion.dot(node);
        if (dot != null) {
            Value x = value(dot.x());
            Value y = value(dot.y());
            Value out = result(node);
            add("dot" + dot.x().shape(), List.of(x, y), out, 2L * x.size(), (k, to) ->
                    to.accept(k.dot(x.view(), y.view(), out.view(), false)));
            return;
        }
        switch (node.op()) {
            case Op.Input op -> {
                Value value = given(View.of(kernels.allocate(node.shape().size()), node.shape().rows(), node.shape().columns()));
                values.put(node, value);
                inputs.put(node, value);
            }
            case Op.Parameter op -> values.put(node, given(parameters.valueOf(node)));
            case Op.Constant op -> values.put(node, constant(op.value()));
            case Op.Map op -> chains.emit(node);
            case Op.Zip op -> chains.emit(node);
            case Op.Affine op -> chains.emit(node);
            case Op.MatMul op -> throw new AssertionError("a product is always fused with itself");
            case Op.SumTo op -> emitSum(node);
            case Op.BroadcastTo op -> emitBroadcast(node);
            case Op.Reshape op -> values.put(node, contiguous(node.input(0)).reshape(node.shape().rows(), node.shape().columns()));
            case Op.Permute op -> emitPermute(node, op);
            case Op.Concat op -> emitConcat(node, op);
            case Op.Slice op -> emitSlice(node, op);
            case Op.Pad op -> emitPad(node, op);
            case Op.Gather op -> {
                Value table = value(node.input(0));
                Value out = result(node);
                Indices indices = indices(op.rows(), table.rows());
                add(node.toString(), List.of(table), out, 0, (k, to) -> to.accept(k.gather(table.view(), indices, out.view())));
            }
            case Op.ScatterAdd op -> {
                Value in = value(node.input(0));
                Value out = result(node);
                Indices indices = indices(op.rows(), op.height());
                add(node.toString(), List.of(in), out, in.size(), (k, to) -> {
                    to.accept(k.fill(out.view(), 0));
                    to.accept(k.scatterAdd(in.view(), indices, out.view()));
                });
            }
            case Op.LogSumExp op -> {
                Value in = value(node.input(0));
                Value out = freshIfStrided(node);
                Value column = out.reshape(in.rows(), 1);
                add(node.toString(), List.of(in), out, 3L * in.size(), (k, to) -> to.accept(k.logSumExp(in.view(), column.view())));
                finish(node, out);
            }
            case Op.Softmax op -> {
                Value in = value(node.input(0));
                Value out = result(node);
                add(node.toString(), List.of(in), out, 4L * in.size(), (k, to) -> to.accept(k.softmax(in.view(), out.view())));
            }
            case Op.LowerTriangle(double diagonal) -> triangles.lowerTriangle(node, diagonal);
            case Op.Diagonal _ -> triangles.diagonal(node);
            case Op.DiagonalMatrix _ -> triangles.diagonalMatrix(node);
            case Op.Cholesky _ -> triangles.cholesky(node);
            case Op.TriangularSolve(boolean transposed, boolean right) -> triangles.solve(node, transposed, right);
        }
    }

    private void emitProduct(Node node, NodeFusion.FusedProduct fused) {
        Value a = value(fused.product().input(0));
        Value b = value(fused.product().input(1));
        Value out = result(node);
        Value bias = fused.bias() == null ? null : value(fused.bias());
        Value start = fused.addTo() == null ? null : value(fused.addTo());
        Value within = fused.pad() == null ? out : part(out, fused.pad(), fused.product().shape());
        List<Value> reads = new ArrayList<>(List.of(a, b));
        if (bias != null) {
            reads.add(bias);
        }
        if (start != null) {
            reads.add(start);
        }
        int inner = ((Op.MatMul) fused.product().op()).transposeA() ? a.rows() : a.columns();
        instructions.add(new Instruction(label(fused), reads, out, start, 2L * within.size() * inner, (k, to) -> {
            if (start != null && !start.samePlace(out)) {
                to.accept(k.copy(start.view(), out.view()));
            }
            to.accept(k.matmul(fused.spec(), a.view(), b.view(), bias == null ? null : bias.view(), within.view()));
        }));
    }

    private void emitPaddedSum(Node node, NodeFusion.PaddedSum sum) {
        Value start = value(sum.addTo());
        Value term = value(sum.part());
        Value out = result(node);
        Value within = part(out, sum.pad(), sum.part().shape());
        instructions.add(new Instruction("add " + sum.part() + " to a part", List.of(start, term), out, start, within.size(), (k, to) -> {
            if (!start.samePlace(out)) {
                to.accept(k.copy(start.view(), out.view()));
            }
            to.accept(k.chain(Chain.of(Binary.ADD), List.of(within.view(), term.view()), List.of(within.view())));
        }));
    }

    private static String label(NodeFusion.FusedProduct fused) {
        return fused.product().input(0).toString() + " " + fused.product().op().label() + " " + fused.product().input(1)
                + (fused.bias() != null ? " + bias" : "") + (fused.addTo() != null ? " added" : "")
                + (fused.activation() != null ? ", " + new Op.Map(fused.activation()).label() : "");
    }

    private static Value part(Value whole, Op.Pad pad, Shape inner) {
        return pad.axis() == 0 ? whole.rows(pad.before(), pad.before() + inner.size(0))
                : whole.columns(pad.before(), pad.before() + inner.size(1));
    }

    private void emitSum(Node node) {
        Shape from = node.input(0).shape();
        int first = 0;
        while (from.size(first) == node.shape().size(first)) {
            first++;
        }
        int outer = product(from, 0, first);
        int last = from.rank();
        while (from.size(last - 1) == node.shape().size(last - 1)) {
            last--;
        }
        int middle = product(from, first, last);
        int inner = product(from, last, from.rank());
        Value in = from.rank() <= 2 ? value(node.input(0)) : contiguous(node.input(0));
        Value out = freshIfStrided(node);
        add("sum of " + node.input(0), List.of(in), out, in.size(), (k, to) -> {
            if (outer == 1 && inner == 1) {
                to.accept(k.sum(in.view(), out.reshape(1, 1).view(), false));
            } else if (inner == 1) {
                Value x = from.rank() <= 2 ? in : in.reshape(outer, middle);
                to.accept(k.sum(x.view(), out.reshape(outer, 1).view(), false));
            } else if (outer == 1) {
                Value x = from.rank() <= 2 ? in : in.reshape(middle, inner);
                to.accept(k.sum(x.view(), out.reshape(1, inner).view(), false));
            } else {
                Value x = in.reshape(outer * middle, inner);
                for (int o = 0; o < outer; o++) {
                    View rowOut = out.reshape(outer, inner).rows(o, o + 1).view();
                    to.accept(k.sum(x.rows(o * middle, (o + 1) * middle).view(), rowOut, false));
                }
            }
        });
        finish(node, out);
    }

    private void emitBroadcast(Node node) {
        Value out = freshIfStrided(node);
        repeat(node.input(0), node.shape(), out);
        finish(node, out);
    }

    /** A node's numbers repeated in full to a larger shape. */
    Value repeated(Node node, Shape shape) {
        Value out = Value.whole(new Storage(shape.size()), shape.rows(), shape.columns());
        repeat(node, shape, out);
        return out;
    }

    private void repeat(Node node, Shape shape, Value out) {
        Value in = contiguous(node);
        int[] target = shape.sizes();
        int[] source = new int[target.length];
        Arrays.fill(source, 1);
        int[] own = node.shape().sizes();
        System.arraycopy(own, 0, source, target.length - own.length, own.length);
        add("broadcast " + node, List.of(in), out, 0, (k, to) -> repeat(k, to, in, source, out, target, 0));
    }

    /** One copy where the axes from here on are a matrix's rows and columns, some repeated; else one axis at a time. */
    private static void repeat(Kernels kernels, Consumer<Command> to, Value in, int[] source, Value out, int[] target, int axis) {
        if (out.size() == 0) {
            return;
        }
        int split = split(source, target, axis);
        if (split >= 0) {
            Value rowsIn = in.reshape(product(source, axis, split), product(source, split, source.length));
            Value rowsOut = out.reshape(product(target, axis, split), product(target, split, target.length));
            to.accept(kernels.copy(rowsIn.view(), rowsOut.view()));
            return;
        }
        int step = out.size() / target[axis];
        int stepIn = in.size() / source[axis];
        for (int i = 0; i < target[axis]; i++) {
            int from = source[axis] == 1 ? 0 : i;
            Value partIn = in.reshape(source[axis], stepIn).rows(from, from + 1);
            repeat(kernels, to, partIn, source, out.reshape(target[axis], step).rows(i, i + 1), target, axis + 1);
        }
    }

    /**
     * Where axes from {@code axis} on may be cut into rows and columns so that each part is whole or all 1 in the source; -1 if nowhere.
     */
    static int split(int[] source, int[] target, int axis) {
        for (int split = axis; split <= target.length; split++) {
            if (fits(source, target, axis, split) && fits(source, target, split, target.length)) {
                return split;
            }
        }
        return -1;
    }

    private static boolean fits(int[] source, int[] target, int from, int to) {
        return product(source, from, to) == 1 || Arrays.equals(source, from, to, target, from, to);
    }

    private void emitPermute(Node node, Op.Permute op) {
        Value in = contiguous(node.input(0));
        Value out = freshIfStrided(node);
        Shape shape = node.input(0).shape();
        int[] axes = op.axes().stream().mapToInt(Integer::intValue).toArray();
        add(node.toString(), List.of(in), out, 0, (k, to) -> to.accept(k.permute(in.view(), shape, axes, out.view())));
        finish(node, out);
    }

    private void emitConcat(Node node, Op.Concat op) {
        Value out = result(node);
        int axis = op.axis();
        int inner = product(node.shape(), axis + 1, node.shape().rank());
        int from = 0;
        for (Node part : node.inputs()) {
            int to = from + part.shape().size(axis);
            if (node.shape().rank() == 2) {
                Value within = axis == 0 ? out.rows(from, to) : out.columns(from, to);
                if (!within.equals(value(part))) {
                    copy("concat " + part, value(part), within);
                }
            } else {
                int outer = product(node.shape(), 0, axis);
                Value within = out.reshape(outer, node.shape().size(axis) * inner).columns(from * inner, to * inner);
                copy("concat " + part, contiguous(part).reshape(outer, (to - from) * inner), within);
            }
            from = to;
        }
    }

    private void emitSlice(Node node, Op.Slice op) {
        Node whole = node.input(0);
        if (whole.shape().rank() == 2) {
            Value value = value(whole);
            values.put(node, op.axis() == 0 ? value.rows(op.from(), op.to()) : value.columns(op.from(), op.to()));
            return;
        }
        int outer = product(whole.shape(), 0, op.axis());
        int inner = product(whole.shape(), op.axis() + 1, whole.shape().rank());
        Value part = contiguous(whole).reshape(outer, whole.shape().size(op.axis()) * inner).columns(op.from() * inner, op.to() * inner);
        if (part.contiguous()) {
            values.put(node, part.reshape(node.shape().rows(), node.shape().columns()));
        } else {
            Value out = result(node);
            copy(node.toString(), part, out.reshape(outer, part.columns()));
        }
    }

    private void emitPad(Node node, Op.Pad op) {
        Node inner = node.input(0);
        Value out = result(node);
        int outer = product(node.shape(), 0, op.axis());
        int step = product(node.shape(), op.axis() + 1, node.shape().rank());
        boolean matrix = node.shape().rank() == 2;
        Value in = matrix ? value(inner) : contiguous(inner).reshape(outer, inner.shape().size(op.axis()) * step);
        add(node.toString(), List.of(in), out, 0, (k, to) -> {
            to.accept(k.fill(out.view(), 0));
            Value within = matrix ? part(out, op, inner.shape())
                    : out.reshape(outer, node.shape().size(op.axis()) * step).columns(op.before() * step, op.before() * step
                            + in.columns());
            to.accept(k.copy(in.view(), within.view()));
        });
    }

    /** Where a node's numbers are; it has been emitted. */
    Value value(Node node) {
        Value value = values.get(node);
        if (value == null) {
            throw new AssertionError(node + " has no place");
        }
        return value;
    }

    /** Where a node's result goes: the place found for it before, or a fresh one. */
    Value result(Node node) {
        return values.computeIfAbsent(node, this::fresh);
    }

    private Value fresh(Node node) {
        return Value.whole(new Storage(node.shape().size()), node.shape().rows(), node.shape().columns());
    }

    /** A contiguous place for a kernel that needs one; {@link #finish} then moves it to where the node belongs. */
    Value freshIfStrided(Node node) {
        Value place = result(node);
        return place.contiguous() ? place : fresh(node);
    }

    void finish(Node node, Value computed) {
        if (computed != value(node)) {
            copy(node.toString(), computed, value(node));
        }
    }

    /** A node's numbers without gaps, copied if need be. */
    Value contiguous(Node node) {
        Value value = value(node);
        if (value.contiguous()) {
            return value;
        }
        Value packed = fresh(node);
        copy("pack " + node, value, packed);
        return packed;
    }

    private void copy(String label, Value from, Value to) {
        instructions.add(new Instruction(label, List.of(from), to, from, 0, (k, commands) -> {
            if (!from.samePlace(to)) {
                commands.accept(k.copy(from.view(), to.view()));
            }
        }));
    }

    void add(String label, List<Value> reads, Value writes, long flops, BiConsumer<Kernels, Consumer<Command>> bind) {
        instructions.add(new Instruction(label, reads, writes, null, flops, bind));
    }

    void add(Instruction instruction) {
        instructions.add(instruction);
    }

    NodeFusion fusion() {
        return fusion;
    }

    private Value constant(Tensor tensor) {
        View view = View.of(kernels.allocate(tensor.size()), tensor.shape().rows(), tensor.shape().columns());
        kernels.upload(tensor.toDoubles(), 0, view);
        return given(view);
    }

    private Indices indices(Rows which, int height) {
        Plan.RowNumbers known = rows.get(which);
        Indices place = known == null ? kernels.allocateIndices(which.size()) : known.place();
        rows.put(which, new Plan.RowNumbers(place, known == null ? height : Math.min(height, known.height())));
        return place;
    }

    private static Value given(View view) {
        return Value.whole(new Storage(view.buffer(), view.offset(), view.size()), view.rows(), view.columns());
    }

    private static boolean sameGivenPlace(Value a, Value b) {
        return a.storage().given() && b.storage().given() && a.samePlace(b);
    }

    private static int product(Shape shape, int from, int to) {
        return product(shape.sizes(), from, to);
    }

    static int product(int[] sizes, int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= sizes[i];
        }
        return product;
    }
}

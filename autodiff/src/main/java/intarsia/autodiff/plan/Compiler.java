package intarsia.autodiff.plan;

import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.Rows;
import intarsia.linalg.Command;
import intarsia.linalg.Engine;
import intarsia.linalg.Indices;
import intarsia.linalg.Kernels;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.View;
import java.util.ArrayList;
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
    private final ProductBuilder products = new ProductBuilder(this);
    private final LayoutBuilder layouts = new LayoutBuilder(this);
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
                    Value within = whole.part(concat.axis(), from, to);
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
        NodeFusion.PaddedSum sum = fusion.paddedSum(node);
        NodeFusion.Dot dot = fusion.dot(node);
        if (product != null) {
            products.product(node, product);
        } else if (sum != null) {
            products.paddedSum(node, sum);
        } else if (dot != null) {
            products.dot(node, dot);
        } else {
            emitOp(node);
        }
    }

    private void emitOp(Node node) {
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
            case Op.GradientTimes op -> chains.emit(node);
            case Op.MatMul op -> throw new AssertionError("a product is always fused with itself");
            case Op.SumTo op -> emitSum(node);
            case Op.BroadcastTo op -> layouts.broadcast(node);
            case Op.Reshape op -> values.put(node, contiguous(node.input(0)).reshape(node.shape().rows(), node.shape().columns()));
            case Op.Permute op -> layouts.permute(node, op);
            case Op.Concat op -> layouts.concat(node, op);
            case Op.Slice op -> layouts.slice(node, op);
            case Op.Pad op -> layouts.pad(node, op);
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

    private void emitSum(Node node) {
        Shape from = node.input(0).shape();
        int[] sizes = from.sizes();
        int first = 0;
        while (from.size(first) == node.shape().size(first)) {
            first++;
        }
        int outer = product(sizes, 0, first);
        int last = from.rank();
        while (from.size(last - 1) == node.shape().size(last - 1)) {
            last--;
        }
        int middle = product(sizes, first, last);
        int inner = product(sizes, last, from.rank());
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

    /** Says where a node's numbers are, without computing any. */
    void place(Node node, Value value) {
        values.put(node, value);
    }

    /** A node's numbers repeated in full to a larger shape. */
    Value repeated(Node node, Shape shape) {
        return layouts.repeated(node, shape);
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

    void copy(String label, Value from, Value to) {
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

    static int product(int[] sizes, int from, int to) {
        int product = 1;
        for (int i = from; i < to; i++) {
            product *= sizes[i];
        }
        return product;
    }
}

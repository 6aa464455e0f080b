package intarsia.models.net;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.models.Weights;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * A graph with learned weights that is run on rows, as many as come. Plans are compiled once for a few numbers of rows; a row's result does
 * not depend on the rows it is run with. Several threads may run it at once: each borrows a plan of its own. Rows beyond {@value #LARGEST}
 * run in pieces, side by side on the engine's pool.
 */
public final class RowProgram implements AutoCloseable {
    private static final int[] SIZES = {1, 8, 64, 512};
    private static final int LARGEST = 512;

    private final Engine scope;
    private final int width;
    private final BiFunction<Graph, Node, List<Node>> recorded;
    private final Weights weights;
    private final Map<Integer, Deque<Ready>> idle = new ConcurrentHashMap<>();
    private Parameters parameters;

    /**
     * Binds a graph to an engine.
     *
     * @param engine   stays open longer
     * @param weights  its parameters' values; others are left out
     * @param width    numbers of a row
     * @param recorded records the outputs for an input of {@code rows x width}; each output is {@code rows x k}
     */
    public RowProgram(Engine engine, Weights weights, int width, BiFunction<Graph, Node, List<Node>> recorded) {
        this.scope = engine.scope();
        this.weights = weights;
        this.width = width;
        this.recorded = recorded;
        for (int size : SIZES) {
            idle.put(size, new ArrayDeque<>());
        }
    }

    private record Ready(int size, Plan plan, Node input, List<Node> outputs, double[] rows) {
        int width(int output) {
            return outputs.get(output).shape().size() / size;
        }
    }

    /** Runs it on rows, row-major, and gives each output, row-major. */
    public double[][] run(double[] rows) {
        int count = width == 0 ? 0 : rows.length / width;
        int pieces = Math.max(1, (count + LARGEST - 1) / LARGEST);
        Ready first = borrow(Math.min(count, LARGEST));
        double[][] results = new double[first.outputs.size()][];
        Arrays.setAll(results, k -> new double[count * first.width(k)]);
        giveBack(first);
        scope.pool().run(pieces, piece -> {
            int from = piece * LARGEST;
            int to = Math.min(count, from + LARGEST);
            if (to > from) {
                run(rows, from, to, results);
            }
        });
        return results;
    }

    private void run(double[] rows, int from, int to, double[][] results) {
        Ready ready = borrow(to - from);
        try {
            System.arraycopy(rows, from * width, ready.rows, 0, (to - from) * width);
            Arrays.fill(ready.rows, (to - from) * width, ready.rows.length, 0);
            ready.plan.set(ready.input, ready.rows);
            ready.plan.run();
            for (int k = 0; k < results.length; k++) {
                int each = ready.width(k);
                double[] all = new double[ready.size * each];
                ready.plan.download(ready.outputs.get(k), all);
                System.arraycopy(all, 0, results[k], from * each, (to - from) * each);
            }
        } finally {
            giveBack(ready);
        }
    }

    private Ready borrow(int rows) {
        int size = Arrays.stream(SIZES).filter(s -> s >= rows).findFirst().orElse(LARGEST);
        Deque<Ready> free = idle.get(size);
        synchronized (free) {
            Ready ready = free.poll();
            if (ready != null) {
                return ready;
            }
        }
        return compile(size);
    }

    private void giveBack(Ready ready) {
        Deque<Ready> free = idle.get(ready.size);
        synchronized (free) {
            free.push(ready);
        }
    }

    private synchronized Ready compile(int size) {
        Graph graph = new Graph();
        Node input = graph.input("rows", size, width);
        List<Node> outputs = recorded.apply(graph, input);
        parameters = parameters == null ? weights.load(scope, graph) : parameters;
        return new Ready(size, Plan.compile(parameters, outputs), input, outputs, new double[size * width]);
    }

    /** Gives back what it holds on the engine. */
    @Override
    public void close() {
        scope.close();
    }
}

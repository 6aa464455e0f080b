package intarsia.conformance;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Op;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table of ops: some nodes, and what each number of their result must be.
 *
 * @param name     the op and what is special about this row
 * @param operands shapes of the parameters it starts from
 * @param build    records the nodes; the op that the row is about comes last
 * @param formula  the textbook's formula for one number of the result
 */
record OpCase(String name, List<Shape> operands, Build build, Formula formula) {
    /** Row numbers for every row of the table that gathers: one comes twice, one not at all. */
    static final int[] PICKS = {2, 0, 2, 3, 0};
    static final Rows ROWS = new Rows("rows", PICKS.length);

    private static final Init SPREAD = new Init.Normal(1);

    /** Records nodes on operands x. */
    interface Build {
        Node apply(Graph graph, List<Node> x);
    }

    /** The number at an index of the result, given the operands' numbers. */
    interface Formula {
        double at(List<Tensor> x, int... index);
    }

    /** A row at work: recorded in a graph of its own, with numbers that are the same on every engine up to rounding. */
    record Recorded(Graph graph, List<Node> operands, Node result) {
        /** Whether it has a factorization, which a device has no kernels for. */
        boolean factorizes() {
            return factorizes(result);
        }

        private static boolean factorizes(Node node) {
            return node.op() instanceof Op.Cholesky || node.op() instanceof Op.TriangularSolve
                    || node.inputs().stream().anyMatch(Recorded::factorizes);
        }

        Parameters parameters(Engine engine) {
            return Parameters.of(engine, graph, RandomStream.of(3));
        }

        /**
         * A scalar of the result: weighted, so that no symmetry of a plain sum hides an error, and curved, so that second derivatives
         * differ from 0.
         */
        Node scalar() {
            Node weights = graph.constant(SPREAD.draw(result.shape(), RandomStream.of(5)));
            return result.plus(result.square().times(0.3)).times(weights).sum();
        }
    }

    Recorded record() {
        Graph graph = new Graph();
        List<Node> x = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            x.add(graph.parameter("x" + i, SPREAD, operands.get(i).sizes()));
        }
        return new Recorded(graph, x, build.apply(graph, x));
    }

    /** Gives a plan what it reads besides parameters. */
    static void feed(Plan plan) {
        if (plan.reads(ROWS)) {
            plan.set(ROWS, PICKS, 0);
        }
    }

    /** The formula's numbers for operands as an engine holds them. */
    Tensor expected(Shape shape, List<Tensor> x) {
        Tensor expected = Tensor.zeros(shape.sizes());
        int[] index = new int[shape.rank()];
        for (int i = 0; i < expected.size(); i++) {
            expected.set(formula.at(x, index), index);
            for (int k = index.length - 1; k >= 0 && ++index[k] == shape.size(k); k--) {
                index[k] = 0;
            }
        }
        return expected;
    }

    @Override
    public String toString() {
        return name + " " + operands;
    }
}

package intarsia.cli.bits;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.cli.bits.BitsCases.BitsCase;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.Weights;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Ops with their first and second derivatives, and steps of training. */
final class OpDigests {
    private OpDigests() {}

    static List<BitsCase> cases() {
        List<BitsCase> cases = new ArrayList<>();
        for (Precision precision : Precision.values()) {
            ops().forEach((name, op) -> cases.add(new BitsCase("op " + precision + " " + name, precision,
                    name.equals("factorization"), (engine, digest) -> derivatives(engine, digest, op))));
            cases.add(new BitsCase("training " + precision + " perceptron", precision, OpDigests::training));
        }
        return cases;
    }

    /** Of a matrix of 9 x 6. */
    private static Map<String, UnaryOperator<Node>> ops() {
        Map<String, UnaryOperator<Node>> ops = new LinkedHashMap<>();
        ops.put("elementary", x -> x.exp().plus(x.tanh()).plus(x.sigmoid()).plus(x.softplus()).plus(x.square().plus(1).log()));
        ops.put("quotients", x -> x.dividedBy(x.square().plus(0.5)).plus(x.abs().sqrt()).plus(x.square().plus(1).reciprocal()));
        ops.put("broadcasts", x -> x.times(x.sum(0)).plus(x.slice(1, 0, 1)).max(x.mean()));
        ops.put("softmax", x -> x.softmax().times(x).plus(x.logSumExp()));
        ops.put("movements", x -> x.graph().concat(1, List.of(x.slice(1, 2, 6), x.slice(0, 0, 9).slice(1, 0, 2).pad(1, 1, 1)))
                .reshape(8, 9).permute(1, 0));
        ops.put("products", x -> x.matmul(x.transpose()).matmul(x.tanh()));
        ops.put("factorization", x -> {
            Node a = x.matmul(x.transpose()).plus(x.graph().constant(identity(9)).times(2));
            return a.cholesky().triangularSolve(x, false).plus(a.logDeterminant());
        });
        return ops;
    }

    private static Tensor identity(int n) {
        Tensor identity = Tensor.zeros(n, n);
        for (int i = 0; i < n; i++) {
            identity.set(1, i, i);
        }
        return identity;
    }

    private static void derivatives(Engine engine, Digest digest, UnaryOperator<Node> op) {
        Tensor at = KernelDigests.gaussian("op", 9, 6);
        digest.add(KernelDigests.run(engine, at, op));
        digest.add(KernelDigests.run(engine, at, x -> gradient(op.apply(x).square().sum(), x)));
        digest.add(KernelDigests.run(engine, at, x -> gradient(gradient(op.apply(x).square().sum(), x).square().sum(), x)));
    }

    private static Node gradient(Node scalar, Node x) {
        return Gradients.of(scalar, List.of(x)).getFirst();
    }

    private static void training(Engine engine, Digest digest) {
        Graph graph = new Graph();
        Tensor data = KernelDigests.gaussian("rows", 64, 20);
        Node x = graph.input("x", 64, 20);
        Node hidden = x.matmul(graph.parameter("w1", Init.heNormal(20), 20, 33)).plus(graph.parameter("b1", Init.zeros(), 33)).relu();
        Node y = hidden.matmul(graph.parameter("w2", Init.heNormal(33), 33, 1)).plus(graph.parameter("b2", Init.zeros(), 1));
        Node loss = y.minus(x.slice(1, 0, 1).times(x.slice(1, 1, 2))).square().mean();
        Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1, "bits/training"));
        Plan plan = Plan.gradient(parameters, loss);
        plan.set(x, data.toDoubles());
        OptimizerRun run = Optimizer.adam(new Schedule.StepDecay(0.01, 0.95, 10)).clip(5)
                .bind(engine.kernels(), parameters.values(), parameters.gradients());
        for (int step = 0; step < 50; step++) {
            plan.run();
            run.step();
        }
        digest.add(Weights.of(parameters));
    }
}

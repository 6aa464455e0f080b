package intarsia.tutorial;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;

/** What a training step does, and what it costs. */
public final class PerformanceTutorial implements Tutorial {
    // @start region="network"
    static Node loss(Graph graph) {
        Node x = graph.input("x", 32, 100);
        Node y = graph.input("y", 32, 1);
        Node w = graph.parameter("w", Init.heNormal(100), 100, 64);
        Node b = graph.parameter("b", Init.zeros(), 64);
        Node v = graph.parameter("v", Init.heNormal(64), 64, 1);
        return x.matmul(w).plus(b).relu().matmul(v).minus(y).square().mean();
    }
    // @end

    @Override
    public void run(Transcript page) {
        // @start region="plan"
        try (Engine engine = Engine.open()) {
            Graph graph = new Graph();
            Node loss = loss(graph);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan plan = Plan.training(parameters, loss);
            IO.println(plan.describe());
        }
        // @end
        page.printed("plan");
        // @start region="time"
        try (Engine engine = Engine.options().precision(Precision.F32).open()) {
            Graph graph = new Graph();
            Node loss = loss(graph);
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan plan = Plan.training(parameters, loss);
            OptimizerRun adam = Optimizer.adam(new Schedule.Constant(0.001))
                    .bind(engine.kernels(), parameters.values(), parameters.gradients());
            long best = Long.MAX_VALUE;
            // the first rounds are compiled while they run
            for (int round = 0; round < 50; round++) {
                long start = System.nanoTime();
                for (int step = 0; step < 100; step++) {
                    plan.run();
                    adam.step();
                }
                best = Math.min(best, System.nanoTime() - start);
            }
            IO.println("%.1f microseconds a step".formatted(best / 1e5));
        }
        // @end
        page.printed("time");
    }
}

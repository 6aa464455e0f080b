package intarsia.tutorial;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import intarsia.optim.Optimizer;
import intarsia.optim.OptimizerRun;
import intarsia.optim.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A curve through points with outliers: a network, a robust loss, and a penalty on the curve's second derivative. */
public final class AutodiffTutorial implements Tutorial {
    // @start region="network"
    /** A hidden layer of 24 units: rows [n x 1] to predictions [n x 1]. */
    static Node network(Node x) {
        Graph graph = x.graph();
        Node w = graph.parameter("hidden/weight", new Init.Normal(3), 1, 24);
        Node b = graph.parameter("hidden/bias", new Init.Uniform(3), 24);
        Node v = graph.parameter("output/weight", Init.glorotUniform(24, 1), 24, 1);
        Node c = graph.parameter("output/bias", Init.zeros(), 1);
        return x.matmul(w).plus(b).tanh().matmul(v).plus(c);
    }
    // @end

    @Override
    public void run(Transcript page) {
        // @start region="data"
        RandomStream random = RandomStream.of(4);
        double[] x = new double[40];
        double[] y = new double[40];
        for (int i = 0; i < 40; i++) {
            x[i] = -1 + i / 19.5;
            // every ninth point is off
            y[i] = truth(x[i]) + 0.1 * random.nextGaussian() + (i % 9 == 4 ? 1.5 : 0);
        }
        // @end
        // @start region="loss"
        Graph graph = new Graph();
        Node rows = graph.input("x", 40, 1);
        Node response = graph.input("y", 40, 1);
        Node curve = network(rows);
        Node residual = curve.minus(response);
        // pseudo-Huber: |r| counts, not r^2
        Node robust = residual.times(1 / 0.2).square().plus(1).sqrt().minus(1).mean();
        // @end
        // @start region="second"
        // a row's prediction depends on that row only:
        Node slope = Gradients.of(curve.sum(), rows).getFirst();
        // f'(x_i) and f''(x_i), row by row [40 x 1]
        Node bend = Gradients.of(slope.sum(), rows).getFirst();
        Node smooth = robust.plus(bend.square().mean().times(1e-4));
        // @end
        try (Engine engine = Engine.open()) {
            // @start region="check"
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1, "curve"));
            Consumer<Plan> inputs = p -> feed(p, rows, x, response, y);
            double first = GradientCheck.firstOrder(parameters, smooth, inputs, RandomStream.of(2));
            double second = GradientCheck.secondOrder(parameters, robust, inputs, RandomStream.of(3));
            IO.println("relative error: %.0e of first, %.0e of second derivatives".formatted(first, second));
            // @end
            page.printed("check");
            // @start region="train"
            Plan plan = Plan.training(parameters, smooth);
            plan.set(rows, x);
            plan.set(response, y);
            OptimizerRun adam = Optimizer.adam(new Schedule.StepDecay(0.02, 0.5, 500))
                    .bind(engine.kernels(), parameters.values(), parameters.gradients());
            for (int step = 0; step <= 2000; step++) {
                plan.run();
                if (step % 500 == 0) {
                    IO.println("step %4d  loss %.4f".formatted(step, plan.scalar(smooth)));
                }
                adam.step();
            }
            // @end
            page.printed("train");
            // @start region="predict"
            Graph elsewhere = new Graph();
            Node places = elsewhere.input("x", 5, 1);
            // parameters of the same names are the same parameters
            Node heights = network(places);
            Plan predict = Plan.compile(parameters, heights);
            predict.set(places, new double[] {-0.8, -0.4, 0, 0.4, 0.8});
            predict.run();
            IO.println(Arrays.stream(predict.get(heights).toDoubles()).mapToObj("%.3f"::formatted).toList());
            // @end
            page.printed("predict");
            page.shows(picture(x, y, curve(parameters), curve(plain(engine, x, y, graph, rows, response))));
        }
    }

    // @start region="feed"
    private static void feed(Plan plan, Node rows, double[] x, Node response, double[] y) {
        plan.set(rows, x);
        if (plan.reads(response)) {
            plan.set(response, y);
        }
    }
    // @end

    private static double truth(double x) {
        return Elementary.exp(-4 * x * x) * 1.5 - x;
    }

    /** The same network without the penalty, by least squares. */
    private static Parameters plain(Engine engine, double[] x, double[] y, Graph graph, Node rows, Node response) {
        Node squares = network(rows).minus(response).square().mean();
        Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1, "curve"));
        Plan plan = Plan.training(parameters, squares);
        feed(plan, rows, x, response, y);
        OptimizerRun adam = Optimizer.adam(new Schedule.StepDecay(0.02, 0.5, 500))
                .bind(engine.kernels(), parameters.values(), parameters.gradients());
        for (int step = 0; step <= 2000; step++) {
            plan.run();
            adam.step();
        }
        return parameters;
    }

    private static LineChart.Line curve(Parameters parameters) {
        Graph graph = new Graph();
        double[] grid = new double[61];
        Arrays.setAll(grid, i -> -1 + i / 30.0);
        Node places = graph.input("x", grid.length, 1);
        Node heights = network(places);
        Plan plan = Plan.compile(parameters, heights);
        plan.set(places, Tensor.vector(grid).reshape(places.shape()));
        plan.run();
        return LineChart.Line.of("", grid, plan.get(heights).toDoubles());
    }

    private static Figure picture(double[] x, double[] y, LineChart.Line smooth, LineChart.Line plain) {
        double[] grid = smooth.x();
        LineChart.Line truth = new LineChart.Line("truth", grid, Arrays.stream(grid).map(AutodiffTutorial::truth).toArray(), new double[0],
                true);
        return new LineChart("x", "y", false, false, List.of(LineChart.Line.of("points", x, y), plain.named("least squares"),
                smooth.named("robust and smooth"), truth)).figure("autodiff", "A curve through points, every ninth of them off", "");
    }
}

package intarsia.autodiff.check;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds gradients against central differences along random directions: for a direction v over all parameters, {@code <gradient, v>} is
 * compared with {@code (f(p + h v) - f(p - h v)) / 2h}, extrapolated once (Richardson), so that the differences' own error is of order h^4.
 * In F64, with functions of ordinary size, right gradients agree to about 1e-9 and a rule wrong by 0.1 % shows at once.
 *
 * <p>One direction costs a run of the gradients and four of the function, whatever the number of parameters.
 *
 * {@snippet class="intarsia.tutorial.CorrectnessTutorial" region="check"}
 */
public final class GradientCheck {
    private static final int DIRECTIONS = 3;
    private static final double STEP = 1e-3;

    private GradientCheck() {}

    /**
     * The largest relative error of a scalar's gradients over a few directions.
     *
     * @param parameters where to check; left as they were
     * @param scalar     the function
     * @param gradients  what is to be checked: one node for each of the graph's parameters, in order of declaration
     * @param feed       sets the inputs of a plan before it runs; a plan may {@linkplain Plan#reads(Node) read} some of them only
     * @param random     draws the directions
     */
    public static double error(Parameters parameters, Node scalar, List<Node> gradients, Consumer<Plan> feed, RandomStream random) {
        if (parameters.engine().precision() != Precision.F64) {
            throw new IllegalArgumentException("gradients are checked in F64, the engine computes in " + parameters.engine().precision());
        }
        List<String> names = List.copyOf(scalar.graph().parameters().keySet());
        Plan function = Plan.compile(parameters, scalar);
        Plan derivative = Plan.compile(parameters, gradients);
        feed.accept(function);
        feed.accept(derivative);
        Map<String, Tensor> start = parameters.toMap();
        double worst = 0;
        for (int d = 0; d < DIRECTIONS; d++) {
            Map<String, Tensor> direction = new LinkedHashMap<>();
            start.forEach((name, value) -> direction.put(name, draw(value, random)));
            derivative.run();
            double analytic = 0;
            for (int i = 0; i < names.size(); i++) {
                analytic += dot(derivative.get(gradients.get(i)), direction.get(names.get(i)));
            }
            double wide = difference(parameters, function, scalar, start, direction, STEP);
            double narrow = difference(parameters, function, scalar, start, direction, STEP / 2);
            double numeric = (4 * narrow - wide) / 3;
            worst = Math.max(worst, Math.abs(analytic - numeric) / Math.max(1e-3, Math.max(Math.abs(analytic), Math.abs(numeric))));
            parameters.setAll(start);
        }
        return worst;
    }

    /** The largest relative error of the gradients that {@link Gradients} records. */
    public static double firstOrder(Parameters parameters, Node scalar, Consumer<Plan> feed, RandomStream random) {
        return error(parameters, scalar, gradients(scalar), feed, random);
    }

    /** The largest relative error of second derivatives: those of the gradients' inner product with fixed random numbers. */
    public static double secondOrder(Parameters parameters, Node scalar, Consumer<Plan> feed, RandomStream random) {
        Graph graph = scalar.graph();
        List<Node> terms = new ArrayList<>();
        for (Node gradient : gradients(scalar)) {
            terms.add(gradient.times(graph.constant(draw(Tensor.zeros(Precision.F64, gradient.shape()), random))).sum());
        }
        Node along = graph.sum(terms);
        return error(parameters, along, gradients(along), feed, random);
    }

    private static List<Node> gradients(Node scalar) {
        return Gradients.of(scalar, List.copyOf(scalar.graph().parameters().values()));
    }

    private static double difference(Parameters parameters, Plan function, Node scalar, Map<String, Tensor> start,
            Map<String, Tensor> direction,
            double step) {
        return (at(parameters, function, scalar, start, direction, step) - at(parameters, function, scalar, start, direction,
                -step)) / (2 * step);
    }

    private static double at(Parameters parameters, Plan function, Node scalar, Map<String, Tensor> start, Map<String, Tensor> direction,
            double step) {
        start.forEach((name, value) -> {
            double[] moved = value.toDoubles();
            double[] along = direction.get(name).doubles();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += step * along[i];
            }
            parameters.set(name, Tensor.of(value.shape(), moved));
        });
        function.run();
        return function.scalar(scalar);
    }

    private static Tensor draw(Tensor like, RandomStream random) {
        double[] values = new double[like.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return Tensor.of(like.shape(), values);
    }

    private static double dot(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.at(i) * b.at(i);
        }
        return sum;
    }
}

package intarsia.tutorial;

import intarsia.autodiff.Gradients;
import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.check.GradientCheck;
import intarsia.autodiff.plan.Parameters;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.SingleTask;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding.Scaling;
import intarsia.models.data.Observations;
import intarsia.models.data.TaskSet;
import intarsia.models.net.Training;
import intarsia.models.simulation.SharedCoefficients;
import java.util.Arrays;
import java.util.List;

/** The same bits everywhere, and gradients that are right. */
public final class CorrectnessTutorial implements Tutorial {
    // @start region="fit"
    /** Fits a network to simulated tasks, and gives its predictions. */
    static double[] predictions(Engine.Options options) {
        TaskSet data = SharedCoefficients.identical().tasks(2).draw(RandomStream.of(1));
        try (Engine engine = options.open()) {
            RandomStream random = RandomStream.of(42);
            DataSplit split = DataSplit.random(data, 0.2, 0, random);
            Model model = new SingleTask(16, 2, Training.DEFAULT.epochs(20), Scaling.STANDARDIZED)
                    .fit(new FitContext(engine, split, random, Progress.NONE)).orThrow();
            return model.predict("task 1", Observations.of(data.task("task 1")));
        }
    }
    // @end

    @Override
    public void run(Transcript page) {
        // @start region="bits"
        double[] scalar = predictions(Engine.options().kernels("scalar"));
        double[] vectors = predictions(Engine.options().kernels("simd"));
        double[] threads = predictions(Engine.options().kernels("simd").threads(2));
        boolean equal = Arrays.equals(scalar, vectors) && Arrays.equals(scalar, threads);
        IO.println("first prediction %s, all equal: %s".formatted(scalar[0], equal));
        IO.println("digest of all: %08x".formatted(Arrays.hashCode(scalar)));
        // @end
        page.printed("bits");
        // @start region="streams"
        RandomStream fit = RandomStream.of(42, "fit");
        IO.println(fit.child("weights").nextDouble());
        // another stream: it moves nothing
        fit.child("dropout").nextDouble();
        IO.println(fit.child("weights").nextDouble());
        // @end
        page.printed("streams");
        // @start region="check"
        Graph graph = new Graph();
        Node w = graph.parameter("w", new Init.Normal(1), 5, 5);
        Node loss = w.matmul(w.transpose()).exp().plus(1).log().sum();
        List<Node> right = Gradients.of(loss, w);
        List<Node> wrong = List.of(right.getFirst().times(1.001));
        try (Engine engine = Engine.open()) {
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            for (List<Node> gradients : List.of(right, wrong)) {
                double error = GradientCheck.error(parameters, loss, gradients, p -> { }, RandomStream.of(2));
                IO.println("%s: error %.0e".formatted(gradients == right ? "right" : "wrong", error));
            }
        }
        // @end
        page.printed("check");
    }
}

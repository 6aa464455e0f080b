package intarsia.cli.bits;

import intarsia.cli.bits.BitsCases.BitsCase;
import intarsia.linalg.Elementary;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.net.Training;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.Ordered;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import intarsia.models.simulation.BlockMissing;
import intarsia.models.stacking.Stacking;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TensorForm;
import intarsia.models.tenmtl.TuckerRanks;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/** Whole fits of small data: every learned number, and predictions. */
final class FitDigests {
    private static final Training SHORT = Training.DEFAULT.epochs(5).learningRate(0.01);

    private FitDigests() {}

    /** A kind of response, made of a quantity about as large as 1. */
    private record Response(ResponseFamily family, DoubleFunction<double[]> of) {}

    private static final Response CONTINUOUS = new Response(ResponseFamily.CONTINUOUS, z -> new double[] {z});
    private static final Response BINARY = new Response(ResponseFamily.BINARY, z -> new double[] {z > 0 ? 1 : 0});
    private static final Response COUNT = new Response(new Count(false), z -> new double[] {Math.floor(Elementary.exp(0.5 + z / 2))});
    private static final Response CLASSES = new Response(new Classes(List.of("a", "b", "c")), z ->
            new double[] {z < -1 ? 0 : z < 0.7 ? 1 : 2});
    private static final Response ORDERED = new Response(new Ordered(List.of("low", "middle", "high")),
            z -> new double[] {z < -0.7 ? 0 : z < 0.7 ? 1 : 2});
    private static final Response SURVIVAL = new Response(new Survival(List.of(0.5, 1.0, 2.0)),
            z -> new double[] {Elementary.exp(-z / 2), z > -1 ? 1 : 0, 0});

    static List<BitsCase> cases() {
        MtlHmb hmb = MtlHmb.options().width(6).depth(1).training(SHORT).imputer(new MtlHmb.Imputer(4, 1, 0, SHORT));
        MultitaskGp gp = MultitaskGp.options().search(new MultitaskGp.Search(1, 20, 400, 1_000));
        Estimator tenmtl = TenMtl.tuned(TensorForm.AS_GIVEN, List.of(TuckerRanks.upTo(1), TuckerRanks.upTo(2)), List.of(0.0, 0.01), 0);
        List<BitsCase> cases = new ArrayList<>();
        add(cases, Regression.DEFAULT, CONTINUOUS, BINARY, COUNT, CLASSES, ORDERED, SURVIVAL);
        add(cases, Regression.POOLED, CONTINUOUS, BINARY, SURVIVAL);
        add(cases, hmb, CONTINUOUS, CLASSES);
        add(cases, dual(), CONTINUOUS, BINARY);
        add(cases, gp, CONTINUOUS, BINARY, SURVIVAL);
        add(cases, tenmtl, CONTINUOUS, BINARY);
        add(cases, new Stacking(List.of(Regression.DEFAULT, Regression.POOLED, gp), 3), BINARY);
        return cases;
    }

    private static DualEncoder dual() {
        DualEncoder options = DualEncoder.options();
        return new DualEncoder(options.similarity(), new DualEncoder.PenaltyWeight.Fixed(0.1), new DualEncoder.Encoders(6, 1, 3, 2),
                options.penalties(), SHORT, new DualEncoder.Alternation(3, 4, 1e-3, 2, 1), FeatureEncoding.Scaling.STANDARDIZED);
    }

    private static void add(List<BitsCase> cases, Estimator estimator, Response... responses) {
        for (Response response : responses) {
            cases.add(new BitsCase("fit " + estimator.key() + " " + response.family.key(),
                    (engine, digest) -> fit(engine, digest, estimator, response)));
        }
    }

    private static void fit(Engine engine, Digest digest, Estimator estimator, Response response) {
        TaskSet data = data(response);
        RandomStream random = RandomStream.of(3, "bits");
        Model model = estimator.fit(new FitContext(engine, DataSplit.random(data, 0.2, 0.2, random), random, Progress.NONE)).orThrow();
        add(digest, model.state());
        data.tasks().forEach(task -> digest.add(model.predict(task.name(), Observations.of(task))));
    }

    private static void add(Digest digest, ModelState state) {
        digest.add(state.weights());
        state.members().forEach((name, member) -> add(digest.add(name), member));
    }

    private static TaskSet data(Response response) {
        TaskSet drawn = BlockMissing.twoTasks().rows(40).widths(5, 3).draw(RandomStream.of(2, "bits")).data();
        TaskSet.Builder tasks = TaskSet.builder();
        for (Task task : drawn.tasks()) {
            double[] z = task.response();
            double[] responses = new double[z.length * response.family.columns()];
            for (int i = 0; i < z.length; i++) {
                double[] own = response.of.apply(z[i]);
                System.arraycopy(own, 0, responses, i * own.length, own.length);
            }
            tasks.task(task.with(response.family, responses));
        }
        return tasks.build();
    }
}

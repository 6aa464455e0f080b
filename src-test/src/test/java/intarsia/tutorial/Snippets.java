package intarsia.tutorial;

import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.RandomStream;
import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.models.AcceptsTasks;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.data.Observations;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.Group;
import intarsia.models.files.Study;
import intarsia.models.files.model.FitOptions;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.gp.MultitaskGpModel;
import intarsia.models.hmb.MtlHmb;
import intarsia.models.tenmtl.TenMtl;
import intarsia.models.tenmtl.TuckerRanks;
import java.io.IOException;
import java.nio.file.Path;

/** Short examples that the API's pages and tutorials quote. A test runs those that need no files. */
final class Snippets {
    private Snippets() {}

    static double tensor() {
        // @start region="tensor"
        Tensor a = Tensor.of(Shape.of(2, 3), 1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
        Tensor products = Matrices.product(a, Matrices.transpose(a));    // [2x2]
        double corner = products.get(1, 1);                               // 4 * 4 + 5 * 5 + 6 * 6
        // @end
        return corner;
    }

    static String engine() {
        // @start region="engine"
        try (Engine engine = Engine.options().precision(Precision.F32).threads(2).open()) {
            // kernels, precision and threads, and why
            return engine.describe();
        }
        // @end
    }

    static Model mtlHmb(TaskSet data) {
        // @start region="mtl-hmb"
        MtlHmb options = MtlHmb.options().width(16).depth(2).orthogonality(0.1).epochs(20);
        Model model = options.fit(data, 42).orThrow();
        // @end
        return model;
    }

    static Model dualEncoder(TaskSet data) {
        // @start region="dual-encoder"
        Model model = DualEncoder.options().similarity(new Group()).fit(data, 42).orThrow();
        // what tasks share
        model.findings(data).forEach(finding -> System.out.println(finding.title()));
        // @end
        return model;
    }

    static Model tenMtl(TaskSet patients) {
        // @start region="tenmtl"
        Model model = TenMtl.options().ranks(TuckerRanks.upTo(1)).fit(patients, 42).orThrow();
        // @end
        return model;
    }

    static Model gp(TaskSet data) {
        // @start region="gp"
        Model model = MultitaskGp.options().fit(data, 42).orThrow();
        if (model instanceof MultitaskGpModel gp) {
            Task task = data.tasks().getFirst();
            double[] deviations = gp.predictive(task.name(), Observations.of(task)).deviation();
        }
        // @end
        return model;
    }

    static Model transfer(Model fitted, Task hospital) {
        // @start region="transfer"
        Model model = fitted;
        if (fitted instanceof AcceptsTasks accepts && accepts.acceptsTasks()) {
            try (Engine engine = Engine.open()) {
                model = accepts.add(engine, TaskSplit.all(hospital), RandomStream.of(42)).orThrow();
            }
        }
        // @end
        return model;
    }

    /** The fit of mtl-hmb.md; what the page's commands do is done here, and only compiled. */
    static double[] hmbStudy() throws IOException {
        // @start region="hmb-study"
        Study study = Study.read(Path.of("examples/heart-disease"));
        Model model = FitOptions.read(study, "mtl-hmb").model().fit(study.tasks(), 1).orThrow();
        try (Engine engine = Engine.open(); BoundModel bound = model.bind(engine)) {
            return bound.predict("va", Observations.of(study.tasks().task("va")));
        }
        // @end
    }

    /** That of dual-encoder.md. */
    static void dualStudy() throws IOException {
        // @start region="dual-study"
        Study study = Study.read(Path.of("examples/heart-disease"));
        Model model = FitOptions.read(study, "dual-encoder").model().fit(study.tasks(), 1).orThrow();
        model.findings(study.tasks()).forEach(finding -> System.out.println(finding.title()));
        // @end
    }

    /** That of tenmtl.md. */
    static void tenMtlStudy() throws IOException {
        // @start region="tenmtl-study"
        Study study = Study.read(Path.of("examples/parkinsons"));
        Model model = FitOptions.read(study).model().fit(study.tasks(), 1).orThrow();
        System.out.println(model.hyperparameters());
        // @end
    }
}

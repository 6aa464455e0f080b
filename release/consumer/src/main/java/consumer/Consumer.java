package consumer;

import intarsia.linalg.Engine;
import intarsia.models.data.Observations;
import intarsia.models.files.Study;
import intarsia.models.files.model.FitOptions;
import java.nio.file.Path;
import java.util.Arrays;

/** Fits a study and prints the kernels and the bits of its predictions: the same on all kernels. */
public final class Consumer {
    private Consumer() {}

    /** With the folder of a study and the name of a task. */
    public static void main(String[] arguments) {
        Study study = Study.read(Path.of(arguments[0]));
        var model = FitOptions.read(study, "regression").model().fit(study.tasks(), 42).orThrow();
        try (var engine = Engine.open(); var bound = model.bind(engine)) {
            double[] risk = bound.predict(arguments[1], Observations.of(study.tasks().task(arguments[1])));
            System.out.println(engine.describe().lines().findFirst().orElseThrow());
            System.out.printf("bits       %08x of %d predictions%n", Arrays.hashCode(risk), risk.length);
        }
    }
}

package intarsia.bench.panel;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.DivergedException;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.files.model.FitOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is compared. It learns from training and validation rows and predicts test rows. */
interface PanelMethod {
    /** Its name in tables. */
    String key();

    /** Whether it is one of the plain methods that auto has to keep up with: it shares nothing by a model of its own. */
    boolean plain();

    /**
     * Fits and predicts.
     *
     * @param files the study's folder of files for peers
     * @param split number of the split
     * @throws DataException if it cannot learn from these data, and why
     */
    Predictions fit(PanelStudy study, DataSplit rows, long seed, Path files, int split) throws IOException, InterruptedException;

    /**
     * Predictions of test rows.
     *
     * @param byTask  those of each task, in the split's order
     * @param seconds that fitting and predicting took
     */
    record Predictions(Map<String, double[]> byTask, double seconds) {}

    /**
     * One of the program's models, with the study's options.
     *
     * @param key   its name
     * @param plain whether it is a baseline
     */
    record Own(String key, boolean plain) implements PanelMethod {
        @Override
        public Predictions fit(PanelStudy study, DataSplit rows, long seed, Path files, int split) {
            if (key.equals("tenmtl") && !study.study().fit().has("tenmtl")) {
                throw new DataException("the study names no modes in [fit.tenmtl]");
            }
            Estimator estimator = FitOptions.read(study.study(), key).model();
            long start = System.nanoTime();
            try (Engine engine = Engine.open()) {
                FitContext context = new FitContext(engine, rows, PanelStudy.random(seed, split).child(estimator.key()), Progress.NONE);
                try (BoundModel bound = estimator.fit(context).orThrow().bind(engine)) {
                    Map<String, double[]> byTask = new LinkedHashMap<>();
                    rows.tasks().forEach(task -> byTask.put(task.task().name(),
                            bound.predict(task.task().name(), task.observations(task.test()))));
                    return new Predictions(byTask, (System.nanoTime() - start) * 1e-9);
                }
            } catch (DivergedException e) {
                throw new DataException("diverged: " + e.getMessage());
            }
        }
    }
}

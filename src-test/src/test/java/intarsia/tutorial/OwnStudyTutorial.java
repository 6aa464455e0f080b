package intarsia.tutorial;

import intarsia.linalg.Engine;
import intarsia.linalg.Pool;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.Regression;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.execution.LocalExecutor;
import intarsia.models.report.Table;
import intarsia.models.response.Metric;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.stacking.Stacking;
import intarsia.models.study.Comparisons;
import intarsia.models.study.Item;
import intarsia.models.study.ItemCells;
import intarsia.models.study.MeanLines;
import intarsia.models.study.Measurements;
import intarsia.models.study.Setting;
import intarsia.models.study.StudyPlan;
import intarsia.models.study.StudyReport;
import intarsia.models.study.StudyRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A study: one regression a task, one of all tasks, or a mixture of the two, as tasks differ more and more. */
public final class OwnStudyTutorial implements Tutorial {
    // @start region="setting"
    static final Setting<SharedCoefficients> HETEROGENEITY = new Setting<>("delta",
            "Tasks that differ", "difference", "difference", List.of(0.0, 0.5, 1.0, 1.5),
            delta -> SharedCoefficients.identical().tasks(6).rows(30).delta(delta));
    static final List<Estimator> METHODS = List.of(Regression.DEFAULT, Regression.POOLED,
            new Stacking(List.of(Regression.DEFAULT, Regression.POOLED), 3)
                    .named("mixture", "mixture"));
    // @end

    // @start region="work"
    /** Draws data, fits on some rows, judges on the others: a pure function of item and seed. */
    static ItemCells measure(Item<SharedCoefficients> item, long seed) {
        // the same for all methods of a replicate
        var drawn = item.replicate(seed).child("data");
        DataSplit split = DataSplit.random(item.source().draw(drawn), 0.2, 0.3, drawn.child("split"));
        try (Engine engine = Engine.open()) {
            var context = new FitContext(engine, split, item.own(seed), Progress.NONE);
            Model model = item.method().fit(context).orThrow();
            double sum = 0;
            for (TaskSplit task : split.tasks()) {
                double[] predicted = model.predict(task.task().name(), task.observations(task.test()));
                sum += Metric.RMSE.of(task.responses(task.test()), predicted);
            }
            return new ItemCells().number("rmse", sum / split.tasks().size());
        }
    }
    // @end

    @Override
    public void run(Transcript page) throws Exception {
        Path folder = Files.createTempDirectory("own-study");
        // @start region="run"
        StudyPlan<SharedCoefficients> plan = new StudyPlan<>("regressions study 1, seed 1",
                List.of("rmse"), Item.crossed(List.of(HETEROGENEITY), METHODS, 10),
                (item, threads) -> measure(item, 1));
        Measurements measured;
        try (Pool pool = new Pool(2)) {
            measured = new StudyRunner<>(plan, new LocalExecutor(pool), null).run(folder, Progress.NONE);
        }
        Comparisons compare = new Comparisons(plan, measured);
        Table means = compare.means(HETEROGENEITY, "rmse", "");
        IO.println(means.markdown());
        // @end
        page.printed("run");
        // @start region="report"
        var figure = MeanLines.chart(measured, HETEROGENEITY, METHODS, "rmse", "RMSE on held-out rows")
                .figure("own-study", "One regression a task, one of all, or a mixture", "");
        Table paired = compare.paired(HETEROGENEITY, METHODS.getLast(), "rmse");
        new StudyReport("Regressions", List.of("The mixture is near the better of the two."),
                List.of(figure), List.of(means, paired, compare.effort()))
                .write(folder, plan, measured, "OwnStudyTutorial");
        try (Stream<Path> files = Files.list(folder)) {
            IO.println(files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        // @end
        page.printed("report");
        page.shows(figure);
    }
}

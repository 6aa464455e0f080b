package intarsia.bench.panel;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.BoundModel;
import intarsia.models.Estimator;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Resampling;
import intarsia.models.data.TaskSplit;
import intarsia.models.evaluation.Comparison.Score;
import intarsia.models.evaluation.PairedDifference;
import intarsia.models.files.Study;
import intarsia.models.files.model.FitOptions;
import intarsia.models.response.Metric;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model gains by learning several responses together, against one study for each, on the same splits: the mean over tasks of each
 * response's metric. Run as {@code SeveralResponses STUDY SPLITS MODEL...}; it prints a line for each model and response.
 */
public final class SeveralResponses {
    private SeveralResponses() {}

    /** Prints the table. */
    public static void main(String... args) {
        Study study = Study.read(Path.of(args[0]));
        Resampling resampling = study.tasks().resampling().repeated(Integer.parseInt(args[1]));
        System.out.println("| model | response | metric | together | alone | difference | p |\n|---|---|---|--:|--:|--:|--:|");
        for (String model : List.of(args).subList(2, args.length)) {
            List<Score> scores = new ArrayList<>();
            for (int split = 0; split < resampling.splits(); split++) {
                RandomStream random = RandomStream.of(1, "several");
                DataSplit all = resampling.split(study.tasks(), split, random);
                scores.addAll(scores(FitOptions.read(study, model).model(), all, "together", split, random));
                for (Study one : study.each()) {
                    List<TaskSplit> own = all.tasks().stream().filter(task -> one.tasks().tasks().stream().anyMatch(of ->
                            of.name().equals(task.task().name()))).toList();
                    scores.addAll(scores(FitOptions.read(one, model).model(), all.only(own), "alone", split, random));
                }
            }
            for (Study one : study.each()) {
                Metric metric = one.schema().response().family().chosenBy();
                List<String> tasks = one.tasks().tasks().stream().map(task -> task.name()).toList();
                PairedDifference found = PairedDifference.of(scores.stream().filter(score -> tasks.contains(score.task())).toList(),
                        "together", "alone", metric, resampling.testToLearned(), task -> 1);
                System.out.printf(Locale.ROOT, "| %s | %s | %s | %.4f | %.4f | %+.4f | %.3f |%n", model, one.schema().describe(),
                        metric.label(), found.first(), found.second(), found.first() - found.second(), found.p());
            }
        }
    }

    private static List<Score> scores(Estimator estimator, DataSplit split, String key, int repeat, RandomStream random) {
        List<Score> scores = new ArrayList<>();
        try (Engine engine = Engine.open(); BoundModel model = estimator.fit(new FitContext(engine, split, random.child("fit", repeat),
                Progress.NONE)).orThrow().bind(engine)) {
            for (TaskSplit task : split.tasks()) {
                double[] predicted = model.predict(task.task().name(), task.observations(task.test()));
                for (Metric metric : task.task().family().metrics()) {
                    scores.add(new Score(repeat, key, task.task().name(), metric, metric.of(task.task().family(),
                            task.responses(task.test()), predicted)));
                }
            }
        }
        return scores;
    }
}

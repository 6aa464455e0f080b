package intarsia.models.sharing;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Source;
import intarsia.models.data.TaskSet;
import intarsia.models.data.TaskSplit;
import intarsia.models.gp.LinearImputation;
import intarsia.models.gp.MultitaskGp;
import intarsia.models.imputation.ImputationQuality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which common sources to keep as the anchor: each of them, each union of some, and all. A choice leaves the other common sources out; it
 * is judged by how well sources that are missing somewhere are imputed from it, by ridge regression and cross-validation
 * ({@link ImputationQuality}), and by the response: deviances of rows left out in folds, predicted by a Gaussian process that imputes,
 * against those with all common sources.
 *
 * <pre>
 * d_ci = (deviance of row i with choice c - with all) / mean deviance of the task's rows with all,    gain g_c = -mean of d_c
 * chance = mean over flips s of  max(0, max_c -mean_i s_i d_ci)            what the best of as many choices gains where none is better
 * p_c = (1 + flips whose largest gain is not below g_c) / (1 + flips)      one-sided, corrected for the number of choices
 * </pre>
 *
 * The choice of the least deviance is taken: it is to lose least, not to be proven. Chance says how much of its gain is due to being the
 * best of several where all are equal (Tibshirani &amp; Tibshirani 2009 correct the least error of cross-validation so); signs of rows
 * are flipped for all choices at once, so that choices that are alike count once. Folds are left out of everything, imputation and the
 * search for hyperparameters too: left out of predictions only, rows favor the choice with the most columns. Ours. Costs {@value #FOLDS}
 * fits of the Gaussian process a choice.
 *
 * @param candidates all that were judged, all common sources together first
 * @param chance     what the best gains by chance
 */
public record AnchorChoice(List<Candidate> candidates, double chance) {
    /** With more common sources than this, each one and all together are judged, but no unions between. */
    private static final int MOST = 4;
    /** Folds of rows. */
    static final int FOLDS = 5;
    /** One start, 60 evaluations on at most 600 rows. */
    private static final MultitaskGp GP = MultitaskGp.options().missing(MultitaskGp.MissingBlocks.IMPUTED)
            .search(new MultitaskGp.Search(1, 60, 400, 600));

    /**
     * A choice.
     *
     * @param anchor   the sources that are kept
     * @param imputed  mean R2 of imputed quantities; NaN where there are none
     * @param loss     mean log loss of imputed levels; NaN where there are none
     * @param response how much lower the response's deviance is than with all common sources, with the p above
     */
    public record Candidate(List<Source> anchor, double imputed, double loss, SharingGain.Gain response) {}

    /** Copies the list. */
    public AnchorChoice {
        candidates = List.copyOf(candidates);
    }

    /**
     * Judges all choices.
     *
     * @param data  tasks of one response, with at least two common sources
     * @param flips of signs, at least 1
     * @throws DataException if there is one common source only, no task has rows enough, or the Gaussian process does not learn the tasks
     */
    public static AnchorChoice of(Engine engine, TaskSet data, int flips, RandomStream random) {
        SharingGain.requireJudged(data, flips);
        if (data.anchors().size() < 2) {
            throw new DataException("one source is common to all tasks, '" + data.anchors().getFirst().name()
                    + "': it is the anchor, there is nothing to choose");
        }
        List<List<Source>> choices = choices(data.anchors());
        List<DataSplit> folds = LeftOutDeviances.context(engine, data, random).split().folds(FOLDS, FOLDS, random.child("folds"));
        if (folds.stream().flatMap(fold -> fold.tasks().stream()).allMatch(task -> task.test().length == 0)) {
            throw new DataException("anchors are judged by rows left out in " + FOLDS + " folds; no task has rows enough");
        }
        List<LeftOutDeviances> left = new ArrayList<>();
        List<ImputationQuality> imputed = new ArrayList<>();
        for (List<Source> anchor : choices) {
            Set<Source> kept = new HashSet<>(data.others());
            kept.addAll(anchor);
            TaskSet some = data.with(data.tasks().stream().map(task -> task.only(kept)).toList());
            left.add(LeftOutDeviances.of(LeftOutDeviances.context(engine, some, random),
                    folds.stream().map(fold -> of(fold, some)).toList(), GP));
            imputed.add(ImputationQuality.of(new LinearImputation(), some, engine, random.child("imputation")));
        }
        BestGain best = BestGain.of(left.stream().map(choice -> choice.differences(left.getFirst())).toList(), flips,
                random.child("flips"));
        return new AnchorChoice(IntStream.range(0, choices.size()).mapToObj(c -> new Candidate(choices.get(c),
                mean(imputed.get(c), false), mean(imputed.get(c), true), best.gains().get(c))).toList(), best.chance());
    }

    /** The same rows of the same tasks with other sources. */
    static DataSplit of(DataSplit split, TaskSet data) {
        return DataSplit.of(data, task -> {
            TaskSplit of = split.task(task.name());
            return new TaskSplit(task, of.train(), of.validation(), of.test());
        });
    }

    /** All together first, then the larger ones. */
    private static List<List<Source>> choices(List<Source> anchors) {
        int all = (1 << Math.min(anchors.size(), MOST)) - 1;
        if (anchors.size() > MOST) {
            List<List<Source>> few = new ArrayList<>(List.of(anchors));
            anchors.forEach(source -> few.add(List.of(source)));
            return few;
        }
        return IntStream.rangeClosed(1, all).mapToObj(code -> IntStream.range(0, anchors.size()).filter(k -> (code >> k & 1) == 1)
                .mapToObj(anchors::get).toList()).sorted(Comparator.comparing(choice -> -choice.size())).toList();
    }

    private static double mean(ImputationQuality quality, boolean levels) {
        return quality.columns().stream().filter(column -> column.levels() == levels && !column.figures().getFirst().isNaN())
                .mapToDouble(column -> column.figures().getFirst()).average().orElse(Double.NaN);
    }

    /** The choice: that of the least deviance. */
    public Candidate chosen() {
        return candidates.stream().max(Comparator.comparingDouble(candidate -> candidate.response.share())).orElseThrow();
    }
}

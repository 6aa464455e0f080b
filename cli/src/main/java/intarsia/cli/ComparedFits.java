package intarsia.cli;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Estimator;
import intarsia.models.Progress;
import intarsia.models.data.TaskSet;
import intarsia.models.evaluation.Comparison;
import intarsia.models.execution.ItemWork;
import intarsia.models.files.ComparisonJournal;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The fits of a comparison as items: an estimator on a split is one, and its line in the journal what comes of it.
 *
 * @param terms      all that a fit depends on besides its split and its estimator
 * @param data       the tasks
 * @param estimators what is compared, the model first
 * @param splits     how many
 * @param engine     what a fit's own engine is opened with, but for threads
 * @param random     of all splits
 */
record ComparedFits(String terms, TaskSet data, List<Estimator> estimators, int splits, Engine.Options engine, RandomStream random)
        implements ItemWork {
    /** The comparison; the model is also explained. */
    Comparison comparison(int threads) {
        return new Comparison(estimators, splits, engine.threads(threads), Set.of(estimators.getFirst().key()));
    }

    /** The items that a journal does not know, split by split. */
    List<String> left(ComparisonJournal journal) {
        return IntStream.range(0, splits).boxed().flatMap(split -> estimators.stream().map(Estimator::key)
                .filter(key -> journal.known(split, key) == null).map(key -> split + "\t" + key)).toList();
    }

    @Override
    public String outcome(String item, int threads) {
        String[] parts = item.split("\t", 2);
        Estimator estimator = estimators.stream().filter(one -> one.key().equals(parts[1])).findFirst().orElseThrow();
        return ComparisonJournal.line(comparison(threads).evaluate(data, estimator, Integer.parseInt(parts[0]), random, Progress.NONE));
    }
}

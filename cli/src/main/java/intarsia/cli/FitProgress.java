package intarsia.cli;

import intarsia.models.Estimator;
import intarsia.models.Progress;
import intarsia.models.evaluation.ComparisonListener;
import intarsia.models.evaluation.Evaluation;
import intarsia.models.files.ComparisonJournal;
import java.time.Duration;
import java.util.List;

/**
 * Follows a fit: keeps what is done in a journal, shows how far it is, and ends the comparison when the time is up. The model itself,
 * fitted after the comparison, is a piece of work like the others.
 */
final class FitProgress implements ComparisonListener {
    /** The final fit has a quarter more rows than those of the comparison, whose test rows are left out. */
    private static final double MORE_ROWS = 1.25;

    private final ComparisonJournal journal;
    private final ProgressBar bar;
    private final RemainingWork work;
    private final Duration limit;
    private final String model;
    private final int all;
    private int done;

    /**
     * Follows one.
     *
     * @param estimators what is compared, the model first
     * @param limit      when to begin nothing more but the model itself; null for no limit
     */
    FitProgress(List<Estimator> estimators, int repeats, int threads, Duration limit, ComparisonJournal journal, ProgressBar bar) {
        this.journal = journal;
        this.bar = bar;
        this.limit = limit;
        this.work = new RemainingWork(threads, System::nanoTime);
        this.model = estimators.getFirst().key();
        this.all = repeats * estimators.size();
        for (Estimator estimator : estimators) {
            for (int repeat = 0; repeat < repeats; repeat++) {
                work.add(estimator.key());
            }
        }
        work.add(model);
    }

    @Override
    public Evaluation known(int repeat, Estimator estimator) {
        Evaluation known = journal.known(repeat, estimator.key());
        if (known != null) {
            counts(known);
        }
        return known;
    }

    private void counts(Evaluation evaluation) {
        done++;
        work.done(List.of(evaluation.repeat(), evaluation.estimator()), evaluation.estimator(), evaluation.seconds());
    }

    @Override
    public boolean goesOn() {
        double last = work.expected(model) * MORE_ROWS;
        return limit == null || work.elapsed() + (Double.isNaN(last) ? 0 : last) < limit.toMillis() * 1e-3;
    }

    @Override
    public void begins(int repeat, Estimator estimator) {
        work.begins(List.of(repeat, estimator.key()), estimator.key());
        show();
    }

    @Override
    public void within(int repeat, Estimator estimator, double share) {
        work.within(List.of(repeat, estimator.key()), share);
        show();
    }

    @Override
    public void done(Evaluation evaluation) {
        journal.add(evaluation);
        counts(evaluation);
        show();
    }

    private void show() {
        bar.at(work.share(), "fit " + done + " of " + all + " to compare");
    }

    /** Follows the fit of the model itself, which comes last. */
    Progress last() {
        double expected = work.expected(model) * MORE_ROWS;
        double before = work.elapsed();
        return (stage, part, total) -> {
            double took = work.elapsed() - before;
            double whole = part > 0 ? took * total / part : Math.max(took, Double.isNaN(expected) ? 0 : expected);
            bar.at(work.elapsed() / (before + whole), "the model itself, on all rows: " + stage);
        };
    }
}

package intarsia.models;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the choices that a piece of work makes until it is known whether the work is: only choices that made the model are to be told.
 * Progress is passed on. For one thread at a time.
 */
public final class HeldChoices implements Progress {
    private final Progress progress;
    private final List<Tuning> made = new ArrayList<>();

    /** Passes progress on to another one. */
    public HeldChoices(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void report(String stage, long done, long total) {
        progress.report(stage, done, total);
    }

    @Override
    public void chose(Tuning tuning) {
        made.add(tuning);
    }

    /** Tells them to another one, in the order in which they were made. */
    public void tell(Progress to) {
        made.forEach(to::chose);
    }
}

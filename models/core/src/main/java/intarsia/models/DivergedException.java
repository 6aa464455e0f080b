package intarsia.models;

/** A fit that {@linkplain Outcome.Diverged diverged} where a model was needed; the message says where, and what may help. */
public final class DivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;
    private static final String WHAT = "%s not finite, or a thousand times what it was before training; a smaller learning rate may help";

    /** Fits that diverged, all of them. */
    public DivergedException(String which) {
        super(which + " diverged: " + WHAT.formatted("their losses are"));
    }

    /** A fit that diverged in this epoch. */
    public DivergedException(int epoch, String where) {
        super(where + " diverged in epoch " + epoch + ": " + WHAT.formatted("its loss is"));
    }
}

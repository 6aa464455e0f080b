package intarsia.models;

/** A fit whose loss was no longer a finite number, where a model was needed; the message says where, and what may help. */
public final class DivergedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Fits that diverged, all of them. */
    public DivergedException(String which) {
        super(which + " diverged: their losses are no longer finite; a smaller learning rate or clipping may help");
    }

    /** A fit that diverged in this epoch. */
    public DivergedException(int epoch, String where) {
        super(where + " diverged in epoch " + epoch + ": its loss is no longer finite; a smaller learning rate or clipping may help");
    }
}

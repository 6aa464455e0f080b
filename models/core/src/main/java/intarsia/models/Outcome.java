package intarsia.models;

import java.util.function.Function;

/**
 * How a fit ended. Sealed, so that whoever reads it has to say what happens when there is no model.
 *
 * @param <M> the model
 */
public sealed interface Outcome<M> {
    /** It ended by its own rule; the number is the epoch whose state was kept, or of alternations done. */
    record Converged<M>(M model, int epochs) implements Outcome<M> {}

    /** A limit or an interruption ended it; the model is the best until then. */
    record Stopped<M>(M model, String why) implements Outcome<M> {}

    /** The loss was no longer a finite number, or a thousand times what it was before training. */
    record Diverged<M>(int epoch, String where) implements Outcome<M> {}

    /** The same ending with something made of the model. */
    default <N> Outcome<N> map(Function<? super M, ? extends N> made) {
        return switch (this) {
            case Converged<M>(M model, int epochs) -> new Converged<>(made.apply(model), epochs);
            case Stopped<M>(M model, String why) -> new Stopped<>(made.apply(model), why);
            case Diverged<M>(int epoch, String where) -> new Diverged<>(epoch, where);
        };
    }

    /**
     * What comes of going on from the model: it diverged where either diverged, and a limit ended it where one ended either; where one
     * ended both, the later is told. Epochs are the larger number.
     */
    default <N> Outcome<N> then(Function<? super M, ? extends Outcome<N>> next) {
        return switch (this) {
            case Converged<M>(M model, int epochs) -> switch (next.apply(model)) {
                case Converged<N>(N result, int more) -> new Converged<>(result, Math.max(epochs, more));
                case Outcome<N> other -> other;
            };
            case Stopped<M>(M model, String why) -> switch (next.apply(model)) {
                case Converged<N>(N result, int more) -> new Stopped<>(result, why);
                case Outcome<N> other -> other;
            };
            case Diverged<M>(int epoch, String where) -> new Diverged<>(epoch, where);
        };
    }

    /**
     * The model, however the fit ended.
     *
     * @throws DivergedException if it diverged
     */
    default M orThrow() {
        return switch (this) {
            case Converged<M>(M model, int epochs) -> model;
            case Stopped<M>(M model, String why) -> model;
            case Diverged<M>(int epoch, String where) -> throw new DivergedException(epoch, where);
        };
    }
}

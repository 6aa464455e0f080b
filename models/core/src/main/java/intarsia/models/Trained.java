package intarsia.models;

import java.util.function.Function;

/**
 * What training gave, and what it took.
 *
 * @param model the model in its best state
 * @param loss  the validation loss of that state
 * @param steps optimizer steps in all, those after the best state too
 * @param <M>   the model
 */
public record Trained<M>(M model, double loss, long steps) {
    /** The same with something made of the model. */
    public <N> Trained<N> map(Function<? super M, ? extends N> made) {
        return new Trained<>(made.apply(model), loss, steps);
    }
}

package intarsia.models;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.data.TaskSplit;

/**
 * A model that takes one more task: what is shared and all other tasks stay as they are.
 *
 * {@snippet class="intarsia.tutorial.Snippets" region="transfer"}
 */
public interface AcceptsTasks {
    /** Whether this one does: a mixture does where one of its models does. */
    default boolean acceptsTasks() {
        return true;
    }

    /** Whether the new task's response has to vary in its rows. */
    boolean needsVariedResponse();

    /**
     * The model with a task added.
     *
     * @param engine the only engine used
     * @param task   the new task; its training and validation rows are used
     * @param random what all random numbers are derived from
     * @throws intarsia.models.data.DataException if its name is taken or it lacks a source that the model needs
     */
    Outcome<? extends Model> add(Engine engine, TaskSplit task, RandomStream random);
}

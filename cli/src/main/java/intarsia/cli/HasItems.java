package intarsia.cli;

import intarsia.models.execution.ItemWork;

/** A command whose work is many independent items, which may be done elsewhere. */
interface HasItems extends Runnable {
    /** What is done with an item. */
    ItemWork work();
}

package intarsia.models.execution;

import java.util.List;

/** What makes the work of a command again, in a process elsewhere; the program is found by {@link java.util.ServiceLoader}. */
public interface CommandWork {
    /**
     * The work of a command.
     *
     * @param command its words, as {@link ClusterEngine#open} was given them
     * @throws ClusterException if it cannot be made here: a file is not there, say
     */
    ItemWork of(List<String> command);
}

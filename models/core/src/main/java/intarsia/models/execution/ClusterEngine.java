package intarsia.models.execution;

import java.util.List;

/**
 * What hands items to other processes, on machines of a cluster; found by {@link java.util.ServiceLoader}, so that nothing else depends on
 * what it needs.
 *
 * <p>Work consists of objects of one process. Elsewhere it is made again from the words of the command that was given here
 * ({@link CommandWork}), and must have the same {@link ItemWork#terms}. So what goes out is words and items, and what comes back is
 * outcomes: text. Files that the words name must be there under the same names.
 */
public interface ClusterEngine {
    /**
     * Comes to terms with a cluster.
     *
     * @param master  the cluster's address, or how to begin one
     * @param command the words of the command whose items these are, names of files absolute
     * @throws ClusterException if that is no address, or nobody answers there, or what answers cannot do the work
     */
    ItemExecutor open(String master, List<String> command);
}

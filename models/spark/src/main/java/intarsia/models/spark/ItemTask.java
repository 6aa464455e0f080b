package intarsia.models.spark;

import intarsia.linalg.DeviceException;
import intarsia.models.DivergedException;
import intarsia.models.data.DataException;
import intarsia.models.execution.ClusterException;
import intarsia.models.execution.CommandWork;
import intarsia.models.execution.ItemWork;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** A task: does one item, by work that each executor makes once from the command's words. */
final class ItemTask extends AbstractFunction1<Iterator<String>, ItemTask.Outcome> implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Map<List<String>, ItemWork> WORK = new ConcurrentHashMap<>();

    private final List<String> command;
    private final String terms;
    private final long until;

    /**
     * A task.
     *
     * @param command the words of the command
     * @param terms   of its work, where the command was given
     * @param until   when to begin none any more, in milliseconds since 1970
     */
    ItemTask(List<String> command, String terms, long until) {
        this.command = List.copyOf(command);
        this.terms = terms;
        this.until = until;
    }

    /**
     * What came of it.
     *
     * @param line    the item's outcome; null if there is none
     * @param failure why not, one line; null also if it was too late to begin
     * @param trace   where it failed, if that is a defect
     */
    record Outcome(String line, String failure, String trace) implements Serializable {}

    @Override
    public Outcome apply(Iterator<String> items) {
        String item = items.next();
        if (System.currentTimeMillis() >= until) {
            return new Outcome(null, null, null);
        }
        try {
            ItemWork work = WORK.computeIfAbsent(command, ItemTask::work);
            if (!work.terms().equals(terms)) {
                return new Outcome(null, "an executor would do other work (" + work.terms() + ") than was asked for (" + terms
                        + "): its data or its program differ", null);
            }
            return new Outcome(work.outcome(item, TaskContext.get().cpus()), null, null);
        } catch (ClusterException e) {
            return new Outcome(null, "an executor cannot do items: " + e.getMessage(), null);
        } catch (DataException | DivergedException | DeviceException e) {
            return new Outcome(null, named(item) + e.getMessage(), null);
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return new Outcome(null, named(item) + e, trace.toString());
        }
    }

    private static String named(String item) {
        return "item " + item.replace('\t', ' ') + ": ";
    }

    private static ItemWork work(List<String> command) {
        return ServiceLoader.load(CommandWork.class).findFirst()
                .orElseThrow(() -> new ClusterException("intarsia-spark.jar was not sent to it")).of(command);
    }
}

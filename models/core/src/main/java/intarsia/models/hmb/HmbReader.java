package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.data.FeatureEncoding;
import intarsia.models.data.Layout;
import intarsia.models.data.Source;
import intarsia.models.net.BlockLoss;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a task's encoder reads. What of it does not vary in the task's training rows is 0 to it: nothing can be learned about it there. That
 * is ours.
 *
 * @param task     the task's name
 * @param about    what its response is called where rows have several; else empty
 * @param response what is known of its response
 * @param reads    the features it reads, counted in the task's rows
 * @param imputed  which of those are imputed, counted from the first one read
 * @param varying  for each feature read, whether it varies in the task's training rows
 */
record HmbReader(String task, String about, ResponseFamily response, Range reads, List<Range> imputed, boolean[] varying) {
    /** A half-open range of features. */
    record Range(int from, int to) {
        int width() {
            return to - from;
        }
    }

    /** Of every task, whole rows. Imputed blocks vary. */
    static List<HmbReader> wholeRows(Layout layout, FeatureEncoding encoding) {
        List<HmbReader> readers = new ArrayList<>();
        for (int t = 0; t < layout.tasks().size(); t++) {
            Layout.TaskInfo task = layout.tasks().get(t);
            List<Range> imputed = new ArrayList<>();
            boolean[] varying = encoding.varying(layout.sources(), task.name());
            for (Source source : layout.others()) {
                if (!layout.observes(t, source)) {
                    Range range = new Range(layout.from(source), layout.from(source) + layout.width(source));
                    imputed.add(range);
                    Arrays.fill(varying, range.from, range.to, true);
                }
            }
            readers.add(new HmbReader(task.name(), task.about(), task.response(), new Range(0, layout.width()), imputed, varying));
        }
        return readers;
    }

    /** The features that it reads of rows, those that do not vary being 0. */
    Node read(Graph graph, Node x) {
        Node read = x.slice(1, reads.from, reads.to);
        return IntStream.range(0, varying.length).allMatch(f -> varying[f]) ? read : read.times(BlockLoss.mask(graph, varying));
    }
}

package intarsia.models.hmb;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Node;
import intarsia.models.net.CrossProduct;
import intarsia.models.net.Mlp;
import intarsia.models.net.TaskNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The regularizers of {@link HmbNetwork}, which has their formulas.
 *
 * @param options their weights
 * @param network whose layers they are of
 * @param readers what it reads of each task
 */
record HmbPenalty(MtlHmb options, HmbNetwork network, List<HmbReader> readers) {
    /** {@code gamma R_orth + delta R_imp + kappa R_dr}, and the additions' terms. */
    Node of(Graph graph, List<TaskNetwork.Result> results) {
        List<Node> terms = new ArrayList<>();
        if (options.penalties().orthogonality() > 0) {
            terms.addAll(options.additions().separation().of(graph, options.penalties().orthogonality(),
                    results.stream().map(of -> of.representations().get(0)).toList(),
                    results.stream().map(of -> of.representations().get(1)).toList(), options.encoder().width()));
        }
        if (options.penalties().imputation() > 0) {
            addImputed(graph, terms);
        }
        if (options.penalties().redundancy() > 0) {
            addRedundancy(graph, terms);
        }
        addSquares(graph, terms);
        return graph.sum(terms);
    }

    private void addSquares(Graph graph, List<Node> terms) {
        graph.parameters().forEach((name, parameter) -> {
            double weight = name.endsWith(HmbNetwork.LINEAR) ? options.additions().ridge()
                    : name.endsWith("/weight") ? options.additions().decay() : 0;
            if (weight > 0) {
                terms.add(parameter.square().sum().times(weight));
            }
        });
    }

    private void addImputed(Graph graph, List<Node> terms) {
        for (int t = 0; t < readers.size(); t++) {
            for (HmbReader.Range imputed : readers.get(t).imputed()) {
                Node read = network.taskEncoder(t).weight(graph, network.path(t) + "/encoder", 0).slice(0, imputed.from(), imputed.to());
                terms.add(read.square().sum().times(options.penalties().imputation()));
            }
        }
    }

    private void addRedundancy(Graph graph, List<Node> terms) {
        if (options.variant() == Variant.PAPER) {
            for (int l = 0; l < options.path().depth(); l++) {
                int layer = l;
                List<Node> specific = IntStream.range(0, readers.size()).mapToObj(t -> overlapping(graph, layer, t)).toList();
                terms.add(CrossProduct.squaredNorms(shared(graph, l, 0), specific).times(options.penalties().redundancy()));
            }
            return;
        }
        for (int l = 1; l <= options.path().depth(); l++) {
            Map<String, Node> sums = new LinkedHashMap<>();
            for (int t = 0; t < readers.size(); t++) {
                sums.merge(network.shared(l, t), shared(graph, l, t).transpose().matmul(overlapping(graph, l, t)), Node::plus);
            }
            sums.values().forEach(sum -> terms.add(sum.square().sum().times(options.penalties().redundancy())));
        }
    }

    /** {@code Theta_c,l}; layer L is the heads. */
    private Node shared(Graph graph, int layer, int task) {
        return Mlp.weight(graph, network.shared(layer, task), reads(layer), gives(layer, task));
    }

    /** The rows of {@code Theta_p,l^t} that read what {@code Theta_c,l} reads. */
    private Node overlapping(Graph graph, int layer, int task) {
        int reads = reads(layer);
        return Mlp.weight(graph, layer == options.path().depth() ? network.taskHead(task) : network.taskLayer(task, layer),
                layer == 0 ? reads : 2 * reads, gives(layer, task)).slice(0, 0, reads);
    }

    /** What a shared layer reads. */
    private int reads(int layer) {
        return layer == 0 ? 2 * options.encoder().representation() : options.path().width();
    }

    private int gives(int layer, int task) {
        return layer == options.path().depth() ? network.predictors(task) : options.path().width();
    }
}

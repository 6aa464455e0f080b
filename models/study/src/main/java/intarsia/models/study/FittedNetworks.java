package intarsia.models.study;

import intarsia.linalg.Engine;
import intarsia.models.BoundModel;
import intarsia.models.Model;
import intarsia.models.ModelState;
import intarsia.models.Weights;
import intarsia.models.data.DataSplit;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.data.TaskFeatures;
import intarsia.models.hmb.BlockImputation;
import intarsia.models.net.NetworkModel;
import intarsia.models.response.ResponseFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Networks that a study's method chose: one for all tasks, or one for each.
 *
 * @param networks   together they know every task once
 * @param imputation how rows were completed before, or null if they were not
 * @param split      the data it was fitted on
 */
public record FittedNetworks(List<NetworkModel> networks, BlockImputation imputation, DataSplit split) implements Model {
    /** What there is besides the weights: nothing but the method's name, since a study's models are judged and not kept. */
    public record Settings(List<String> tasks) {}

    @Override
    public Map<String, ResponseFamily> responses() {
        Map<String, ResponseFamily> responses = new LinkedHashMap<>();
        split.taskList().forEach(task -> responses.put(task.name(), task.family()));
        return responses;
    }

    @Override
    public List<Source> sources() {
        List<Source> sources = new ArrayList<>(split.data().anchors());
        sources.addAll(split.data().others());
        return sources;
    }

    @Override
    public List<Source> requiredSources() {
        return split.data().anchors();
    }

    @Override
    public BoundModel bind(Engine engine) {
        Map<String, BoundModel> byTask = new LinkedHashMap<>();
        List<NetworkModel.BoundNetwork> bound = networks.stream().map(network -> network.bind(engine)).toList();
        for (int n = 0; n < bound.size(); n++) {
            for (TaskFeatures features : networks.get(n).features()) {
                byTask.put(features.task(), bound.get(n));
            }
        }
        return new BoundModel() {
            @Override
            public double[] predict(String task, Observations rows) {
                response(task);
                rows.require(requiredSources());
                return byTask.get(task).predict(task, rows);
            }

            @Override
            public void close() {
                bound.forEach(BoundModel::close);
            }
        };
    }

    @Override
    public ModelState state() {
        Weights all = Weights.NONE;
        for (int n = 0; n < networks.size(); n++) {
            all = all.and(networks.get(n).weights().under("network/" + n));
        }
        return new ModelState("study", new Settings(tasks()), all);
    }

    @Override
    public Map<String, String> hyperparameters() {
        return Map.of();
    }
}

package intarsia.models.study.dual;

import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import intarsia.models.data.Split;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.CoefficientPath;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.Sharing;
import intarsia.models.dual.Similarity;
import intarsia.models.simulation.SharedCoefficients;
import intarsia.models.study.Figure;
import intarsia.models.study.HeatMap;
import java.util.List;

/** One fit shown: eight tasks, two of them outliers. */
final class WhatIsShared {
    private WhatIsShared() {}

    static Figure figure(DualWork work) {
        TaskSet data = new SharedCoefficients(8, 200, 10, 5, 0.2, 0.25, 0.5, 0.5, 0.3).draw(RandomStream.of(work.seed(), "shown"));
        List<Split> splits = Split.random(data, 0.2, 0, RandomStream.of(work.seed(), "shown"));
        try (var engine = work.engine().open()) {
            // Twenty times below the strength at which all share, so that the picture shows who is apart and not what validation chose.
            Sharing sharing = DualEncoder.path(engine, data, splits, DualMethods.options().similarity(new Similarity.Group(), 0),
                    CoefficientPath.falling(1, 4, 0.05), RandomStream.of(work.seed(), "shown"), Progress.NONE).points().getLast().model().orThrow()
                    .sharing(data);
            List<Integer> order = sharing.dendrogram().order();
            List<String> names = order.stream().map(sharing.tasks()::get).toList();
            return new HeatMap(names, names, order.stream().map(r -> order.stream().mapToDouble(s -> sharing.similarity()[r][s]).toArray())
                    .toArray(double[][]::new), -1, 1).figure("shared", "What eight tasks share, the last two of them outliers",
                    "Cosine of the angle between the tasks' coefficients on the shared encoder, in the order of the tree of tasks; one fit at a twentieth of the "
                            + "strength at which all share.");
        }
    }
}

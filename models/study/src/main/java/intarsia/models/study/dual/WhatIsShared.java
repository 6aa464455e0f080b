package intarsia.models.study.dual;

import intarsia.linalg.RandomStream;
import intarsia.models.Finding;
import intarsia.models.FitContext;
import intarsia.models.Progress;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSet;
import intarsia.models.dual.DualEncoder;
import intarsia.models.dual.DualEncoderModel;
import intarsia.models.report.Figure;
import intarsia.models.report.HeatMap;
import intarsia.models.simulation.SharedCoefficients;

/** One fit shown: eight tasks, two of them outliers. */
final class WhatIsShared {
    private WhatIsShared() {}

    static Figure figure(DualWork work) {
        RandomStream random = RandomStream.of(work.seed(), "shown");
        TaskSet data = new SharedCoefficients(8, 200, 10, 5, 0.2, 0.25, 0.5, 0.5, 0.3).draw(random);
        try (var engine = work.engine().open()) {
            // Twenty times below the weight at which all share, so that the picture shows who deviates and not what validation chose.
            DualEncoderModel model = DualEncoder.options().weight(new DualEncoder.PenaltyWeight.Path(4, 0.05))
                    .path(new FitContext(engine, DataSplit.random(data, 0.2, 0, random), random,
                            Progress.NONE)).candidates().getLast().outcome().orThrow();
            Finding.Matrix cosines = (Finding.Matrix) model.findings(data).stream().filter(Finding.Matrix.class::isInstance).findFirst()
                    .orElseThrow();
            return new HeatMap(cosines.rows(), cosines.columns(), cosines.values(), -1, 1).figure("shared",
                    "What eight tasks share, the last two of them outliers",
                    "Cosine of the angle between the tasks' coefficients on the shared encoder, in the order of the tree of tasks; one fit "
                            + "at a twentieth of the penalty weight at which all share.");
        }
    }
}

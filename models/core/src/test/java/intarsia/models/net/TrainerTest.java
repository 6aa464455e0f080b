package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.autodiff.Graph;
import intarsia.autodiff.Init;
import intarsia.autodiff.Node;
import intarsia.autodiff.Rows;
import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.DeviceException;
import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.Progress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
    @Test
    void aLostDeviceSaysHowFarItCame() {
        try (Engine engine = Engine.options().kernels("losing").open()) {
            Graph graph = new Graph();
            Rows rows = graph.rows("batch", 2);
            Node x = graph.input("x", 6, 1);
            Node loss = x.gather(rows).matmul(graph.parameter("w", Init.heNormal(1), 1, 1)).minus(1).square().mean();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan step = Plan.training(parameters, loss);
            step.set(x, new double[] {1, 2, 3, 4, 5, 6});
            LosingKernels.stepsLeft = 7;
            assertThatThrownBy(() -> Trainer.train(parameters, step, List.of(new Batches(rows, 6, RandomStream.of(2))), 3, () -> step.scalar(loss),
                    Training.DEFAULT, "learning", Progress.NONE))
                    .isInstanceOf(DeviceException.class).hasMessage("learning, epoch 3, after 7 steps: CL_OUT_OF_RESOURCES (-5)");
        }
    }
}

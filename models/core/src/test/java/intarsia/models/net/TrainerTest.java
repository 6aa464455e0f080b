package intarsia.models.net;

import static org.assertj.core.api.Assertions.assertThat;
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
import intarsia.models.DivergedException;
import intarsia.models.Outcome;
import intarsia.models.Progress;
import intarsia.models.Trained;
import java.util.List;
import java.util.function.DoubleSupplier;
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
            assertThatThrownBy(() -> Trainer.train(parameters, step, List.of(new Batches(rows, 6, RandomStream.of(2))), 3,
                    averaged -> validation(step, loss),
                    Training.DEFAULT, "learning", Progress.NONE))
                    .isInstanceOf(DeviceException.class).hasMessage("learning, epoch 3, after 7 steps: CL_OUT_OF_RESOURCES (-5)");
        }
    }

    private static DoubleSupplier validation(Plan step, Node loss) {
        return () -> {
            step.run();
            return step.scalar(loss);
        };
    }

    /** One step of Adam moves a weight by the learning rate: its square grows far beyond a thousandfold, and is still a number. */
    @Test
    void aLossAThousandTimesTheFirstHasDiverged() {
        try (Engine engine = Engine.options().kernels("scalar").open()) {
            Graph graph = new Graph();
            Rows rows = graph.rows("batch", 1);
            Node x = graph.input("x", 1, 1);
            Node loss = x.gather(rows).matmul(graph.parameter("w", Init.heNormal(1), 1, 1)).square().mean();
            Parameters parameters = Parameters.of(engine, graph, RandomStream.of(1));
            Plan step = Plan.training(parameters, loss);
            step.set(x, new double[] {1});
            double begun = validation(step, loss).getAsDouble();
            assertThat(begun).isPositive();
            Outcome<Trained<Parameters>> outcome = Trainer.train(parameters, step, List.of(new Batches(rows, 1, RandomStream.of(2))), 1,
                    averaged -> validation(step, loss), Training.PUBLISHED.learningRate(1e6).batch(1), "learning", Progress.NONE);
            assertThat(outcome).isEqualTo(new Outcome.Diverged<Trained<Parameters>>(1, "learning"));
            assertThat(step.scalar(loss)).isFinite().isGreaterThan(1000 * begun);
            assertThatThrownBy(outcome::orThrow).isInstanceOf(DivergedException.class)
                    .hasMessage("learning diverged in epoch 1: its loss is not "
                    + "finite, or a thousand times what it was before training; a smaller learning rate may help");
        }
    }
}

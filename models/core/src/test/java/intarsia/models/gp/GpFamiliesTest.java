package intarsia.models.gp;

import static org.assertj.core.api.Assertions.assertThat;

import intarsia.linalg.Engine;
import intarsia.linalg.RandomStream;
import intarsia.models.FitContext;
import intarsia.models.Model;
import intarsia.models.Progress;
import intarsia.models.baseline.MeanPredictor;
import intarsia.models.baseline.PlantedResponses;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GpFamiliesTest {
    static List<ResponseFamily> families() {
        return PlantedResponses.families().stream().filter(family -> family.predictors() == 1).toList();
    }

    @ParameterizedTest
    @MethodSource("families")
    void comesNearTheTruth(ResponseFamily family) {
        PlantedResponses planted = new PlantedResponses(family, 150);
        try (Engine engine = Engine.open()) {
            FitContext context = new FitContext(engine, planted.split(), RandomStream.of(1), Progress.NONE);
            Model model = MultitaskGp.options().fit(context).orThrow();
            Model mean = new MeanPredictor().fit(context).orThrow();
            double own = 0;
            double least = 0;
            double most = 0;
            for (TaskSplit task : planted.split().tasks()) {
                String name = task.task().name();
                own += planted.deviance(name, model.predict(name, task.observations(task.test())));
                least += planted.least(name);
                most += planted.deviance(name, mean.predict(name, task.observations(task.test())));
            }
            assertThat((own - least) / (most - least)).as(family.key()).isLessThan(0.2);
        }
    }
}

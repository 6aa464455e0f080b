package intarsia.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.autodiff.plan.Parameters;
import intarsia.autodiff.plan.Plan;
import intarsia.linalg.DeviceException;
import intarsia.linalg.Engine;
import intarsia.linalg.Precision;
import intarsia.linalg.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every row of the table of ops, its result and its gradients, on an OpenCL device. All plans are compiled before the first one runs, so
 * one build serves all.
 */
class OpenClOpCasesTest {
    private record Compiled(OpCase row, OpCase.Recorded recorded, Parameters parameters, Plan plan) {
        static Compiled of(OpCase row, Engine engine) {
            OpCase.Recorded recorded = row.record();
            Parameters parameters = recorded.parameters(engine);
            return new Compiled(row, recorded, parameters, Plan.training(parameters, recorded.scalar(), recorded.result()));
        }

        void run() {
            OpCase.feed(plan);
            plan.run();
        }

        List<Tensor> gradients() {
            return recorded.graph().parameters().keySet().stream().map(parameters::gradient).toList();
        }
    }

    @Test
    void resultsAndGradientsInF64() {
        prove(Precision.F64, 1e-12);
    }

    @Test
    void resultsAndGradientsInF32() {
        prove(Precision.F32, 1e-5);
    }

    /** Results follow the formula within this share of the largest number; gradients have the CPU's bits. */
    private static void prove(Precision precision, double tolerance) {
        Providers.onDevice();
        try (Engine engine = Engine.options().kernels("opencl").precision(precision).open();
                Engine cpu = Engine.options().kernels("scalar").precision(precision).open()) {
            List<Compiled> all = new ArrayList<>();
            OpCases.all().stream().filter(row -> !row.record().factorizes()).forEach(row -> all.add(Compiled.of(row, engine)));
            for (Compiled compiled : all) {
                compiled.run();
                List<Tensor> x = List.copyOf(compiled.parameters().toMap().values());
                Tensor result = compiled.plan().get(compiled.recorded().result());
                requireClose(compiled.row() + ": result", result, compiled.row().expected(result.shape(), x), tolerance);
                Compiled reference = Compiled.of(compiled.row(), cpu);
                reference.run();
                List<Tensor> expected = reference.gradients();
                List<Tensor> gradients = compiled.gradients();
                for (int i = 0; i < gradients.size(); i++) {
                    assertThat(gradients.get(i).toDoubles()).as("%s: gradient %d, bits of the CPU", compiled.row(), i)
                            .isEqualTo(expected.get(i).toDoubles());
                }
            }
        }
    }

    @Test
    void factorizationsAreRefusedInWords() {
        Providers.onDevice();
        try (Engine engine = Engine.options().kernels("opencl").open()) {
            List<OpCase> refused = OpCases.all().stream().filter(row -> row.record().factorizes()).toList();
            assertThat(refused).hasSizeGreaterThan(20);
            for (OpCase row : refused) {
                assertThatThrownBy(() -> Compiled.of(row, engine)).as("%s", row).isInstanceOf(DeviceException.class)
                        .hasMessageContaining("not on a device; open the engine without 'opencl");
            }
        }
    }

    private static void requireClose(String what, Tensor actual, Tensor expected, double tolerance) {
        double slack = tolerance * Math.max(1, Arrays.stream(expected.toDoubles()).map(Math::abs).max().orElse(0));
        for (int i = 0; i < expected.size(); i++) {
            if (!(Math.abs(actual.at(i) - expected.at(i)) <= slack)) {
                throw new AssertionError(what + ": number " + i + " is " + actual.at(i) + ", expected " + expected.at(i));
            }
        }
    }
}

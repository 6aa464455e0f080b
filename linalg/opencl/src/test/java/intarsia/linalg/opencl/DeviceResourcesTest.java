package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.Buffer;
import intarsia.linalg.Chain;
import intarsia.linalg.Command;
import intarsia.linalg.DeviceException;
import intarsia.linalg.Engine;
import intarsia.linalg.Kernels;
import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Device memory is given back when a scope or an engine is closed, and not used afterwards. */
class DeviceResourcesTest {
    @Test
    void aScopeGivesBackWhatItTook() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32)) {
            View kept = OnDevice.matrix(kernels, 1, 3, new double[] {1, 2, 3});
            long before = kernels.bytes();
            assertThat(before).isEqualTo(12);
            try (Kernels scope = kernels.scope()) {
                View own = View.of(scope.allocate(1000));
                scope.chain(Chain.of(Unary.SQUARE), List.of(kept), List.of(kept)).run();
                scope.matmul(MatMul.PLAIN, own.reshape(10, 100), View.of(scope.allocate(500), 100, 5), null,
                        View.of(scope.allocate(50), 10, 5)).run();
                assertThat(kernels.bytes()).isEqualTo(before + 4 * 1550);
            }
            assertThat(kernels.bytes()).isEqualTo(before);
            assertThat(OnDevice.download(kernels, kept)).containsExactly(1, 4, 9);
        }
    }

    @Test
    void closingClosesTheScopesToo() {
        OpenClKernels kernels = OnDevice.kernels(Precision.F32);
        Kernels scope = kernels.scope();
        View view = View.of(scope.allocate(4));
        kernels.close();
        assertThat(kernels.bytes()).isZero();
        assertThatThrownBy(() -> scope.read(view)).isInstanceOf(IllegalStateException.class);
        scope.close();
        kernels.close();
    }

    @Test
    void aFreedBufferIsNotUsedAgain() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32)) {
            Buffer buffer = kernels.allocate(4);
            kernels.free(buffer);
            kernels.free(buffer);
            assertThat(kernels.bytes()).isZero();
            assertThatThrownBy(() -> kernels.read(View.of(buffer))).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after it was freed");
        }
    }

    /** One that fails does not keep the rest, and nothing is given back a second time. */
    @Test
    void everyStepIsTakenWhateverFails() {
        List<String> taken = new ArrayList<>();
        List<Runnable> steps = List.of(() -> taken.add("first"), () -> {
            throw new DeviceException("the queue");
        }, () -> taken.add("third"), () -> {
            throw new DeviceException("a buffer");
        }, () -> taken.add("last"));
        assertThatThrownBy(() -> ReleaseSteps.all(steps)).hasMessage("the queue")
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().satisfies(other -> assertThat(other).hasMessage("a buffer")));
        assertThat(taken).containsExactly("first", "third", "last");
    }

    /** An event is waited for and released once. */
    @Test
    void anEventIsReleasedOnce() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32); Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(ValueLayout.JAVA_LONG);
            Cl.marker(kernels.queue().id(), event);
            assertThat(event.get(ValueLayout.JAVA_LONG, 0)).isNotZero();
            Cl.await(event);
            assertThat(event.get(ValueLayout.JAVA_LONG, 0)).isZero();
            Cl.await(event);
        }
    }

    @Test
    void buffersOfOtherKernelsAreRefused() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32);
                Engine cpu = Engine.options().kernels("scalar").precision(Precision.F32).open()) {
            View here = View.of(kernels.allocate(4));
            View there = View.of(cpu.kernels().allocate(4));
            assertThatThrownBy(() -> kernels.copy(there, here)).hasMessageContaining("another provider");
            assertThatThrownBy(() -> cpu.kernels().copy(here, there)).hasMessageContaining("another provider");
        }
    }

    @Test
    void whatTheDeviceRefusesIsNamed() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F64)) {
            String device = kernels.session().device().name();
            View x = View.of(kernels.allocate(4));
            kernels.fill(x, 2).run();
            // The argument after the sizes is missing.
            Command incomplete = kernels.kernel(KernelSource.KERNELS, "fill").ints(4, 4).over("fill without a value", 4, 128);
            assertThatThrownBy(incomplete::run).isInstanceOf(DeviceException.class).hasMessageContaining(device)
                    .hasMessageContaining("fill without a value, after 1 launches")
                    .hasMessageContaining("clEnqueueNDRangeKernel answered CL_INVALID_KERNEL_ARGS (-52)");
            assertThatThrownBy(() -> kernels.allocate(Integer.MAX_VALUE)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("clCreateBuffer answered CL_INVALID_BUFFER_SIZE (-61)").hasMessageContaining("17179869176 bytes")
                    .hasMessageContaining(device);
        }
    }
}

package intarsia.models.net;

import intarsia.linalg.Command;
import intarsia.linalg.DeviceException;
import intarsia.linalg.KernelProvider;
import intarsia.linalg.Kernels;
import intarsia.linalg.Pool;
import intarsia.linalg.Precision;
import intarsia.linalg.heap.ScalarKernels;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Plain kernels on a device that is lost when it is asked for one more Adam step than it has left. Taken only by its name, {@code losing}.
 */
public final class LosingKernels implements KernelProvider {
    static int stepsLeft;

    @Override
    public String name() {
        return "losing";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Support support() {
        return new Support(true, "until it is lost");
    }

    @Override
    public Kernels open(Precision precision, Pool pool) {
        Kernels plain = new ScalarKernels().open(precision, pool);
        return (Kernels) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("scope")) {
                return proxy;
            }
            try {
                Object result = method.invoke(plain, arguments);
                return method.getName().equals("adam") ? losing((Command) result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private static Command losing(Command command) {
        return () -> {
            if (stepsLeft-- == 0) {
                throw new DeviceException("CL_OUT_OF_RESOURCES (-5)");
            }
            command.run();
        };
    }
}

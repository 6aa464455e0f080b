package intarsia.linalg.opencl;

import intarsia.linalg.DeviceException;
import intarsia.linalg.Precision;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Programs of one precision built for one device, each once a process, and kept on disk from one process to the next. */
final class Programs {
    private final Device device;
    private final long context;
    private final Precision precision;
    private final ProgramCache cache;
    /** The built programs by source. */
    private final Map<String, Long> built = new ConcurrentHashMap<>();

    Programs(Device device, long context, Precision precision, ProgramCache cache) {
        this.device = device;
        this.context = context;
        this.precision = precision;
        this.cache = cache;
    }

    /** The program of a source that follows the {@link KernelSource#prelude}. */
    long get(String source) {
        return built.computeIfAbsent(source, this::build);
    }

    /** Builds those of these sources that are not built yet in one go, which costs little more than building one. */
    void buildAll(Collection<String> sources) {
        List<String> missing = sources.stream().distinct().filter(source -> !has(source)).sorted().toList();
        if (!missing.isEmpty()) {
            long program = build(String.join("", missing));
            missing.forEach(source -> built.put(source, program));
        }
    }

    boolean has(String source) {
        return built.containsKey(source);
    }

    private long build(String source) {
        String text = KernelSource.prelude(precision) + source;
        String options = "-cl-std=CL1.2" + (precision == Precision.F32 && device.rounds() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");
        String key = ProgramCache.key(device.driver(), device.name(), options, text);
        return cache.load(key).map(binary -> fromBinary(binary, options)).filter(program -> program != 0).orElseGet(() -> {
            long program = Cl.program(context, text);
            int status = Cl.build(program, device.id(), options);
            if (status == Status.BUILD_PROGRAM_FAILURE) {
                // PoCL's compiler at times loses a temporary file of its own; a source that is really wrong fails again.
                status = Cl.build(program, device.id(), options);
            }
            if (status != Status.SUCCESS) {
                String log = Cl.buildLog(program, device.id());
                Cl.releaseProgram(program);
                throw new DeviceException("clBuildProgram answered " + Status.name(status) + " on " + device.name() + "; its log: " + log);
            }
            cache.save(key, () -> Cl.binary(program));
            return program;
        });
    }

    /** 0 if the driver does not take the binary, which may be damaged or another driver's. */
    private long fromBinary(byte[] binary, String options) {
        try {
            long program = Cl.program(context, device.id(), binary);
            if (Cl.build(program, device.id(), options) == Status.SUCCESS) {
                return program;
            }
            Cl.releaseProgram(program);
            return 0;
        } catch (DeviceException e) {
            return 0;
        }
    }
}

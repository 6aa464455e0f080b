package intarsia.linalg.opencl;

import intarsia.linalg.Precision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A device in use: its context and the programs built for it. One for the whole process, like the driver, so that what was built once
 * serves every engine; queues, buffers and kernels belong to an engine and go with it.
 */
final class Session {
    private static final Map<Device, Session> ALL = new ConcurrentHashMap<>();

    private final Device device;
    private final long context;
    private final ProgramCache cache;
    private final Map<Precision, Programs> programs = new EnumMap<>(Precision.class);
    private final Map<Precision, List<ProductTile>> tiles = new EnumMap<>(Precision.class);

    private Session(Device device) {
        this.device = device;
        this.cache = ProgramCache.of(device);
        this.context = Cl.context(device.platform(), device.id());
        for (Precision precision : Precision.values()) {
            programs.put(precision, new Programs(device, context, precision, cache));
        }
    }

    static Session of(Device device) {
        return ALL.computeIfAbsent(device, Session::new);
    }

    Device device() {
        return device;
    }

    long context() {
        return context;
    }

    Programs programs(Precision precision) {
        return programs.get(precision);
    }

    /** Tiles for products, from the largest to the smallest; measured when they are first needed. */
    synchronized List<ProductTile> tiles(Precision precision) {
        List<ProductTile> known = tiles.get(precision);
        if (known == null) {
            known = ProductTuning.tiles(this, precision, cache, ProductTuning.SIZE);
            tiles.put(precision, known);
        }
        return known;
    }
}

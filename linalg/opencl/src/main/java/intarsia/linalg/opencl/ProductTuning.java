package intarsia.linalg.opencl;

import intarsia.linalg.Command;
import intarsia.linalg.DeviceException;
import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import intarsia.linalg.View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the tile for large products on a device: each candidate that fits multiplies two square matrices a few times, the fastest wins,
 * and the choice is kept with the built programs, under the device's and the driver's name. A CPU device is not measured and always takes
 * the small tile.
 */
final class ProductTuning {
    /**
     * The system property: {@code auto} (once a device, then remembered), {@code again} (measure now), {@code off} (the first candidate
     * that fits).
     */
    static final String PROPERTY = "intarsia.opencl.tuning";

    /** The size of the matrices that are multiplied. */
    static final int SIZE = 1024;
    private static final int REPEATS = 5;

    private ProductTuning() {}

    /** Tiles from the largest to the smallest, the first chosen on matrices of this size. */
    static List<ProductTile> tiles(Session session, Precision precision, ProgramCache cache, int size) {
        Device device = session.device();
        if (device.type() == Device.Type.CPU) {
            return List.of(ProductTile.SMALL);
        }
        List<ProductTile> candidates = ProductTile.LARGE.stream().filter(tile -> tile.fits(device, precision)).toList();
        if (candidates.isEmpty()) {
            return List.of(ProductTile.SMALL);
        }
        String how = System.getProperty(PROPERTY, "auto");
        if (how.equals("off")) {
            return ordered(candidates.getFirst(), candidates);
        }
        String key = ProgramCache.key("tile", device.driver(), device.name(), precision.name(), KernelSource.MATMUL, candidates.toString());
        Optional<ProductTile> known = how.equals("again") ? Optional.empty() : cache.load(key).flatMap(bytes -> named(bytes, candidates));
        ProductTile best = known.orElseGet(() -> {
            ProductTile measured = fastest(session, precision, candidates, size);
            cache.save(key, () -> measured.toString().getBytes(StandardCharsets.UTF_8));
            return measured;
        });
        return ordered(best, candidates);
    }

    /** The best, a quarter of it where that is much smaller than the best, and the smallest. */
    private static List<ProductTile> ordered(ProductTile best, List<ProductTile> candidates) {
        Optional<ProductTile> middle = candidates.stream().filter(tile -> tile.rows() * tile.columns() <= best.rows() * best.columns() / 4)
                .findFirst();
        return middle.map(tile -> List.of(best, tile, ProductTile.SMALL)).orElseGet(() -> List.of(best, ProductTile.SMALL));
    }

    private static Optional<ProductTile> named(byte[] bytes, List<ProductTile> candidates) {
        String name = new String(bytes, StandardCharsets.UTF_8);
        return candidates.stream().filter(tile -> tile.toString().equals(name)).findFirst();
    }

    /** The candidate with the shortest run; one that the device refuses is passed over. */
    static ProductTile fastest(Session session, Precision precision, List<ProductTile> candidates, int size) {
        ProductTile best = null;
        long shortest = Long.MAX_VALUE;
        for (ProductTile tile : candidates) {
            try (OpenClKernels kernels = OpenClKernels.on(session, precision)) {
                long nanos = nanos(kernels, tile, size);
                if (nanos < shortest) {
                    shortest = nanos;
                    best = tile;
                }
            } catch (DeviceException e) {
                continue;
            }
        }
        return best == null ? ProductTile.SMALL : best;
    }

    private static long nanos(OpenClKernels kernels, ProductTile tile, int size) {
        View a = View.of(kernels.allocate(size * size), size, size);
        View b = View.of(kernels.allocate(size * size), size, size);
        View c = View.of(kernels.allocate(size * size), size, size);
        kernels.fill(a, 0.5).run();
        kernels.fill(b, 0.25).run();
        Command product = new Products(kernels, List.of(tile), 1, false).bind(MatMul.PLAIN, a, b, null, c);
        product.run();
        kernels.queue().finish();
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            product.run();
            kernels.queue().finish();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
    }
}

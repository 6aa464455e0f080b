package intarsia.linalg.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import intarsia.linalg.MatMul;
import intarsia.linalg.Precision;
import intarsia.linalg.Unary;
import intarsia.linalg.View;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProductsTest {
    static Stream<ProductTile> tiles() {
        return Stream.concat(ProductTile.LARGE.stream(), Stream.of(ProductTile.SMALL));
    }

    /** Sizes that leave a rest in every direction, and more than one tile of every kind. */
    @ParameterizedTest
    @MethodSource("tiles")
    void everyTileGivesTheProduct(ProductTile tile) {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F32)) {
            prove(kernels, new Products(kernels, List.of(tile), 1, false), MatMul.PLAIN, 133, 37, 141);
        }
    }

    @Test
    void aTileOfDoubles() {
        try (OpenClKernels kernels = OnDevice.kernels(Precision.F64)) {
            prove(kernels, new Products(kernels, List.of(ProductTile.LARGE.get(3)), 1, false), MatMul.of(true, true), 70, 19, 65);
        }
    }

    /** As on a device with 64 units, which gets 8 slices of 128 and a shorter one. */
    @Test
    void aLongInnerIndexIsCutIntoSlices() {
        for (Precision precision : Precision.values()) {
            try (OpenClKernels kernels = OnDevice.kernels(precision)) {
                Products products = new Products(kernels, List.of(ProductTile.SMALL), 64, true);
                prove(kernels, products, MatMul.PLAIN, 7, 2085, 33);
                prove(kernels, products, MatMul.PLAIN.with(MatMul.Start.OUTPUT), 7, 2085, 33);
                prove(kernels, products, MatMul.PLAIN.with(MatMul.Start.BIAS).with(Unary.RELU), 7, 2085, 33);
            }
        }
    }

    private static void prove(OpenClKernels kernels, Products products, MatMul product, int rows, int inner, int columns) {
        double[] left = OnDevice.numbers(rows * inner, "a");
        double[] right = OnDevice.numbers(inner * columns, "b");
        double[] bias = OnDevice.numbers(columns, "bias");
        double[] out = OnDevice.numbers(rows * columns, "c");
        View a = product.transposeA() ? OnDevice.matrix(kernels, inner, rows, left) : OnDevice.matrix(kernels, rows, inner, left);
        View b = product.transposeB() ? OnDevice.matrix(kernels, columns, inner, right) : OnDevice.matrix(kernels, inner, columns, right);
        View c = OnDevice.matrix(kernels, rows, columns, out);
        View start = product.start() == MatMul.Start.BIAS ? OnDevice.matrix(kernels, 1, columns, bias) : null;
        products.bind(product, a, b, start, c).run();
        double[] expected = new double[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = switch (product.start()) {
                    case ZERO -> 0;
                    case OUTPUT -> out[i * columns + j];
                    case BIAS -> bias[j];
                };
                for (int k = 0; k < inner; k++) {
                    sum += left[product.transposeA() ? k * rows + i : i * inner + k]
                            * right[product.transposeB() ? j * inner + k : k * columns + j];
                }
                expected[i * columns + j] = product.activation() == Unary.RELU ? Math.max(sum, 0) : sum;
            }
        }
        OnDevice.requireClose(kernels.precision(), OnDevice.download(kernels, c), expected, inner);
    }

    @Test
    void unevenTilesAreRefused() {
        assertThatThrownBy(() -> new ProductTile(64, 48, 8, 5, 4)).hasMessageContaining("uneven");
    }

    /** The device here as if it were a graphics processor, which is measured once and remembered. */
    @Test
    void theFastestTileIsChosenOnceADevice(@TempDir Path folder) throws IOException {
        Device here = OnDevice.session().device();
        Session session = Session.of(new Device(here.platform(), here.id(), here.driver(), here.name(), Device.Type.GPU, 4, 1000,
                here.memory(), 256, 1 << 16, true, true));
        ProgramCache cache = new ProgramCache(folder);
        List<ProductTile> chosen = ProductTuning.tiles(session, Precision.F32, cache, 32);
        assertThat(ProductTile.LARGE).contains(chosen.getFirst());
        assertThat(chosen).last().isEqualTo(ProductTile.SMALL);
        String key;
        try (Stream<Path> files = Files.list(folder)) {
            key = files.toList().getFirst().getFileName().toString();
        }
        assertThat(cache.load(key))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString(StandardCharsets.UTF_8).isEqualTo(chosen.getFirst().toString()));
        ProductTile other = ProductTile.LARGE.get(chosen.getFirst().equals(ProductTile.LARGE.get(1)) ? 2 : 1);
        cache.save(key, () -> other.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(ProductTuning.tiles(session, Precision.F32, cache, 32).getFirst()).as("what is remembered").isEqualTo(other);
        try (OpenClKernels kernels = OpenClKernels.on(session, Precision.F32)) {
            prove(kernels, new Products(kernels, chosen, 1, false), MatMul.PLAIN, 5, 3, 4);
        }
        assertThat(ProductTuning.tiles(OnDevice.session(), Precision.F32, cache, 32)).as("on a CPU").containsExactly(ProductTile.SMALL);
    }
}

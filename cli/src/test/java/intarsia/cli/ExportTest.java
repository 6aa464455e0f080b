package intarsia.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import intarsia.models.data.Column;
import intarsia.models.data.Observations;
import intarsia.models.data.Source;
import intarsia.models.files.model.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** export: what ONNX Runtime makes of the file is what the model predicts. */
class ExportTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "heart-disease").toAbsolutePath().normalize();
    private static final int ROWS = 1000;

    @TempDir
    private Path temporary;
    private final Program program = new Program();

    private Path fitted(String model) {
        Path run = temporary.resolve(model);
        assertThat(program.run("fit", EXAMPLE.toString(), "--model", model, "--out", run.toString(), "--repeats", "1", "--quiet",
                "--time-limit", "20s")).as(program.err.toString()).isZero();
        return run;
    }

    @Test
    void regressionAndGaussianProcessOnAThousandRows() throws Exception {
        for (String model : List.of("regression", "gp")) {
            Path run = fitted(model);
            Path file = temporary.resolve(model + ".onnx");
            assertThat(program.run("export", run.toString(), "--onnx", file.toString())).as(program.err.toString()).isZero();
            assertThat(program.out.toString()).contains("the model is in " + file).hasLineCount(1);
            RunFolder read = RunFolder.read(run);
            for (int rows : new int[] {1, ROWS}) {
                for (String task : read.model().tasks()) {
                    Observations observed = rows(read, task, rows);
                    assertThat(run(file, task, read.model().sources(), observed)).as("%s, %s, %d rows", model, task, rows)
                            .containsExactly(read.model().predict(task, observed), Offset.offset(1e-12));
                }
            }
        }
    }

    /** What predict refuses is no number: an unknown task, and a row without a source that every row needs. In F32 as in F64. */
    @Test
    void whatCannotBePredictedIsNaNAndF32Rounds() throws Exception {
        Path run = fitted("regression");
        Path file = temporary.resolve("single.onnx");
        assertThat(program.run("export", run.toString(), "--onnx", file.toString(), "--precision", "f32")).as(program.err.toString())
                .isZero();
        RunFolder read = RunFolder.read(run);
        List<Source> sources = read.model().sources();
        Observations rows = rows(read, "va", 40);
        boolean[] present = new boolean[40];
        Arrays.fill(present, true);
        present[3] = false;
        double[] right = read.model().predict("va", rows);
        float[] single = singles(file, "va", sources, rows, present);
        for (int i = 0; i < right.length; i++) {
            if (i == 3) {
                assertThat(single[i]).isNaN();
            } else {
                assertThat((double) single[i]).isCloseTo(right[i], Offset.offset(1e-5));
            }
        }
        assertThat(singles(file, "nowhere", sources, rows, present)).containsOnly(Float.NaN);
    }

    private static float[] singles(Path file, String task, List<Source> sources, Observations rows, boolean[] present)
            throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put("task", OnnxTensor.createTensor(environment, new String[] {task}));
        for (Source source : sources) {
            double[][] block = rows.blocks().get(source);
            float[][] cells = new float[block.length][source.columns().size()];
            for (int i = 0; i < cells.length; i++) {
                for (int j = 0; j < cells[i].length; j++) {
                    cells[i][j] = (float) block[i][j];
                }
            }
            inputs.put(source.name(), OnnxTensor.createTensor(environment, cells));
            inputs.put(source.name() + ".present", OnnxTensor.createTensor(environment, present));
        }
        try (OrtSession session = environment.createSession(file.toString()); OrtSession.Result result = session.run(inputs)) {
            float[][] predictions = (float[][]) result.get(0).getValue();
            float[] all = new float[predictions.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = predictions[i][0];
            }
            return all;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /** Cells within each column's kind, some missing, some rows without a source. */
    private static Observations rows(RunFolder read, String task, int count) {
        Map<Source, double[][]> blocks = new LinkedHashMap<>();
        for (Source source : read.model().sources()) {
            double[][] block = new double[count][source.columns().size()];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < block[i].length; j++) {
                    Column column = source.columns().get(j);
                    int number = (i * 31 + j * 17 + task.length()) % 101;
                    block[i][j] = number % 7 == 0 || i % 5 == 4 && !read.model().requiredSources().contains(source) ? Double.NaN
                            : switch (column.kind()) {
                                case CONTINUOUS -> number;
                                case BINARY -> number % 2;
                                case CATEGORICAL -> number % column.levels().size();
                            };
                }
            }
            blocks.put(source, block);
        }
        return new Observations(IntStream.range(0, count).mapToObj(Integer::toString).toList(), blocks);
    }

    private static double[] run(Path file, String task, List<Source> sources, Observations rows) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        inputs.put("task", OnnxTensor.createTensor(environment, new String[] {task}));
        for (Source source : sources) {
            boolean[] present = new boolean[rows.size()];
            Arrays.fill(present, true);
            inputs.put(source.name(), OnnxTensor.createTensor(environment, rows.blocks().get(source)));
            inputs.put(source.name() + ".present", OnnxTensor.createTensor(environment, present));
        }
        try (OrtSession session = environment.createSession(file.toString()); OrtSession.Result result = session.run(inputs)) {
            return Arrays.stream((double[][]) result.get(0).getValue()).flatMapToDouble(Arrays::stream).toArray();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    @Test
    void whatCannotBeDoneIsSaidInOneLine() throws IOException {
        Path run = fitted("mean");
        Path there = Files.writeString(temporary.resolve("there.onnx"), "precious");
        refused("is there already", "export", run.toString(), "--onnx", there.toString());
        refused("reads no source", "export", run.toString(), "--onnx", temporary.resolve("mean.onnx").toString());
        refused("no such folder", "export", temporary.resolve("nothing").toString(), "--onnx", temporary.resolve("no.onnx").toString());
        refused("--onnx", "export", run.toString());
        assertThat(there).hasContent("precious");
        assertThat(temporary.resolve("mean.onnx")).doesNotExist();
    }

    private void refused(String with, String... args) {
        assertThat(program.run(args)).isEqualTo(2);
        assertThat(program.err.toString()).contains(with).hasLineCount(1);
    }
}

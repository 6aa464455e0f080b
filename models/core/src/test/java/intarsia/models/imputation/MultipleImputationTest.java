package intarsia.models.imputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import intarsia.linalg.RandomStream;
import intarsia.models.data.Column;
import intarsia.models.data.Source;
import intarsia.models.data.Task;
import intarsia.models.data.TaskSet;
import intarsia.models.response.Classes;
import intarsia.models.response.Count;
import intarsia.models.response.ResponseFamily;
import intarsia.models.response.Survival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MultipleImputationTest {
    private static final int ROWS = 60;

    /** What a study of two tasks is drawn as; the second task has no labs. */
    private record Shape(boolean reversed, double unit) {
        Source exam() {
            List<Column> columns = new ArrayList<>(List.of(Column.continuous("age"), Column.binary("sex")));
            if (reversed) {
                Collections.reverse(columns);
            }
            return new Source("exam", columns);
        }

        Source labs() {
            List<Column> columns = new ArrayList<>(List.of(Column.continuous("crp"), Column.continuous("visits"), Column.binary("flag"),
                    Column.categorical("grade", "low", "middle", "high"), Column.continuous("constant")));
            if (reversed) {
                Collections.reverse(columns);
            }
            return new Source("labs", columns);
        }

        private double[] ordered(double... cells) {
            double[] copy = cells.clone();
            for (int j = 0; reversed && j < cells.length; j++) {
                copy[j] = cells[cells.length - 1 - j];
            }
            return copy;
        }

        private Task task(String name, boolean labs, ResponseFamily family) {
            RandomStream random = RandomStream.of(1, name);
            List<double[]> exams = new ArrayList<>();
            List<double[]> blocks = new ArrayList<>();
            List<String> names = new ArrayList<>();
            List<double[]> responses = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                double age = random.nextGaussian();
                double sex = random.nextDouble() < 0.5 ? 1 : 0;
                double crp = age + sex + 0.5 * random.nextGaussian();
                double visits = Math.max(0, Math.rint(3 + 2 * age + random.nextGaussian()));
                double flag = random.nextDouble() < 0.5 + 0.3 * (sex - 0.5) ? 1 : 0;
                double grade = Math.clamp((int) Math.rint(1 + age + 0.5 * random.nextGaussian()), 0, 2);
                exams.add(ordered(i % 9 == 4 ? Double.NaN : unit * age, sex));
                blocks.add(i % 7 == 3 ? ordered(Double.NaN, visits, flag, Double.NaN, 3.25)
                        : ordered(unit * crp, visits, i % 11 == 5 ? Double.NaN : flag, grade, 3.25));
                names.add(name + i);
                double y = crp + random.nextGaussian();
                responses.add(switch (family.key()) {
                    case "continuous" -> new double[] {unit * y};
                    case "count" -> new double[] {Math.max(0, Math.rint(3 + y))};
                    case "survival" -> new double[] {1 + Math.abs(y), y > 0 ? 1 : 0, 0};
                    case "classes" -> new double[] {y > 1 ? 2 : y > 0 ? 1 : 0};
                    default -> new double[] {y > 0.5 ? 1 : 0};
                });
            }
            if (reversed) {
                Collections.reverse(exams);
                Collections.reverse(blocks);
                Collections.reverse(names);
                Collections.reverse(responses);
            }
            Task.Builder task = Task.of(name, family).rows(names).block(exam(), exams.toArray(double[][]::new));
            if (labs) {
                task.block(labs(), blocks.toArray(double[][]::new));
            }
            return task.response(responses.stream().flatMapToDouble(Arrays::stream).toArray());
        }

        TaskSet draw(ResponseFamily family) {
            List<Task> tasks = new ArrayList<>(List.of(task("north", true, family), task("south", false, family),
                    task("west", false, family)));
            if (reversed) {
                Collections.reverse(tasks);
            }
            TaskSet.Builder data = TaskSet.builder();
            tasks.forEach(data::task);
            return data.build();
        }
    }

    private static final Shape PLAIN = new Shape(false, 1);

    private static MultipleImputation imputation(Shape shape) {
        return new MultipleImputation(shape.draw(ResponseFamily.CONTINUOUS), RandomStream.of(1));
    }

    private static double cell(Map<String, Map<Source, double[][]>> blocks, Shape shape, String task, int row, String column) {
        Source source = shape.labs();
        return blocks.get(task).get(source)[shape.reversed ? ROWS - 1 - row : row][source.columnNumbers().get(column)];
    }

    @Test
    void neitherOrderNorUnitsMatter() {
        Map<String, Map<Source, double[][]>> plain = imputation(PLAIN).draw(2).completed().tasks();
        for (Shape shape : List.of(new Shape(true, 1), new Shape(true, 0x1p-60))) {
            Map<String, Map<Source, double[][]>> other = imputation(shape).draw(2).completed().tasks();
            for (String task : List.of("north", "south", "west")) {
                for (int i = 0; i < ROWS; i++) {
                    assertThat(cell(other, shape, task, i, "crp")).isEqualTo(shape.unit * cell(plain, PLAIN, task, i, "crp"));
                    for (String column : List.of("visits", "flag", "grade", "constant")) {
                        assertThat(cell(other, shape, task, i, column)).isEqualTo(cell(plain, PLAIN, task, i, column));
                    }
                }
            }
        }
    }

    @Test
    void aDrawIsItsSeedAndItsNumber() {
        assertThat(imputation(PLAIN).draw(3).completed().tasks()).usingRecursiveComparison()
                .isEqualTo(imputation(PLAIN).draw(3).completed().tasks());
        MultipleImputation one = imputation(PLAIN);
        double third = cell(one.draw(3).completed().tasks(), PLAIN, "south", 5, "crp");
        assertThat(cell(one.draw(4).completed().tasks(), PLAIN, "south", 5, "crp")).isNotEqualTo(third);
        assertThat(cell(new MultipleImputation(PLAIN.draw(ResponseFamily.CONTINUOUS), RandomStream.of(2)).draw(3).completed().tasks(),
                PLAIN, "south", 5, "crp")).isNotEqualTo(third);
    }

    static List<ResponseFamily> families() {
        return List.of(ResponseFamily.CONTINUOUS, ResponseFamily.BINARY, new Count(false), new Classes(List.of("a", "b", "c")),
                new Survival(List.of(1.5, 2.5)));
    }

    /** Labs are missing in all tasks but one. */
    @ParameterizedTest
    @MethodSource("families")
    void cellsAreWholeAndValidAndMeasuredOnesAsTheyWere(ResponseFamily family) {
        TaskSet data = PLAIN.draw(family);
        MultipleImputation imputation = new MultipleImputation(data, RandomStream.of(1));
        MultipleImputation.Draw draw = imputation.draw(0);
        for (Map<String, Map<Source, double[][]>> blocks : List.of(draw.completed().tasks(), draw.withoutResponse().tasks(),
                imputation.expected().tasks())) {
            for (Task task : data.given()) {
                blocks.get(task.name()).forEach((source, block) -> {
                    double[][] measured = task.cells().get(source);
                    for (int i = 0; i < ROWS; i++) {
                        for (int j = 0; j < block[i].length; j++) {
                            double cell = block[i][j];
                            assertThat(cell).isFinite();
                            if (measured != null && !Double.isNaN(measured[i][j])) {
                                assertThat(cell).isEqualTo(measured[i][j]);
                            }
                            switch (source.columns().get(j).name()) {
                                case "sex", "flag" -> assertThat(cell).isIn(0.0, 1.0);
                                case "grade" -> assertThat(cell).isIn(0.0, 1.0, 2.0);
                                case "visits" -> assertThat(cell).isEqualTo(Math.rint(cell)).isNotNegative();
                                case "constant" -> assertThat(cell).isEqualTo(3.25);
                                default -> { }
                            }
                        }
                    }
                });
            }
        }
    }

    /** crp = age + sex + noise of 0.5: over draws a cell varies by that and by what is not known of the slopes. */
    @Test
    void drawsScatterAroundWhatIsExpected() {
        MultipleImputation imputation = imputation(PLAIN);
        Map<String, Map<Source, double[][]>> expected = imputation.expected().tasks();
        int draws = 200;
        double[] mean = new double[ROWS];
        double[] square = new double[ROWS];
        for (int k = 0; k < draws; k++) {
            Map<String, Map<Source, double[][]>> drawn = imputation.draw(k).withoutResponse().tasks();
            for (int i = 0; i < ROWS; i++) {
                double deviation = cell(drawn, PLAIN, "west", i, "crp") - cell(expected, PLAIN, "west", i, "crp");
                mean[i] += deviation / draws;
                square[i] += deviation * deviation / draws;
            }
        }
        assertThat(Arrays.stream(mean).average().orElseThrow()).isCloseTo(0, within(0.06));
        assertThat(Math.sqrt(Arrays.stream(square).average().orElseThrow())).isBetween(0.45, 0.75);
    }

    /** Of many rows alike, as many are 1, and at each level, as where it was measured. */
    @Test
    void sharesOfLevelsAreKept() {
        Map<String, Map<Source, double[][]>> drawn = imputation(PLAIN).draw(0).completed().tasks();
        double measured = IntStream.range(0, ROWS).mapToDouble(i -> cell(drawn, PLAIN, "north", i, "flag")).average().orElseThrow();
        double imputed = 0;
        double[] grades = new double[3];
        for (int k = 0; k < 40; k++) {
            Map<String, Map<Source, double[][]>> of = imputation(PLAIN).draw(k).completed().tasks();
            for (int i = 0; i < ROWS; i++) {
                imputed += cell(of, PLAIN, "south", i, "flag") / (40 * ROWS);
                grades[(int) cell(of, PLAIN, "south", i, "grade")] += 1.0 / (40 * ROWS);
            }
        }
        assertThat(imputed).isCloseTo(measured, within(0.12));
        assertThat(Arrays.stream(grades).min().orElseThrow()).isGreaterThan(0.1);
    }

    /** 600 columns of rank 3 become components: imputed cells follow the three that the anchor says, and vary as measured ones do. */
    @Test
    void manyColumnsAreAFewComponents() {
        int width = 600;
        Source wide = new Source("wide", IntStream.range(0, width).mapToObj(j -> j == 0 ? Column.binary("b")
                : Column.continuous("w" + j)).toList());
        Source exam = Source.of("exam", "a", "b2", "c");
        TaskSet.Builder data = TaskSet.builder();
        double[][] truth = new double[40][width];
        for (String name : List.of("north", "south")) {
            RandomStream random = RandomStream.of(3, name);
            double[][] anchor = new double[40][3];
            double[][] block = new double[40][width];
            for (int i = 0; i < 40; i++) {
                for (int k = 0; k < 3; k++) {
                    anchor[i][k] = random.nextGaussian();
                }
                for (int j = 0; j < width; j++) {
                    double value = anchor[i][j % 3] + 0.1 * random.nextGaussian();
                    block[i][j] = j == 0 ? value > 0 ? 1 : 0 : i == 2 && j == 5 && name.equals("north") ? Double.NaN : value;
                }
                truth[i] = name.equals("south") ? block[i] : truth[i];
            }
            Task.Builder task = Task.continuous(name).block(exam, anchor);
            data.task((name.equals("north") ? task.block(wide, block) : task)
                    .response(IntStream.range(0, 40).mapToDouble(i -> anchor[i][0]).toArray()));
        }
        MultipleImputation imputation = new MultipleImputation(data.build(), RandomStream.of(1));
        double[][] expected = imputation.expected().tasks().get("south").get(wide);
        double[][] drawn = imputation.draw(0).completed().tasks().get("south").get(wide);
        double error = 0;
        double spread = 0;
        for (int i = 0; i < 40; i++) {
            assertThat(drawn[i][0]).isIn(0.0, 1.0);
            for (int j = 1; j < width; j++) {
                error += Math.pow(expected[i][j] - truth[i][j], 2) / (40 * (width - 1));
                spread += Math.pow(drawn[i][j] - expected[i][j], 2) / (40 * (width - 1));
            }
        }
        // noise is 0.1, a column 1; 40 rows say the slopes to a tenth or so
        assertThat(Math.sqrt(error)).isLessThan(0.5);
        assertThat(Math.sqrt(spread)).isBetween(0.09, 0.7);
        assertThat(imputation.draw(0).completed().tasks().get("north").get(wide)[2][5]).isFinite();
    }

    @Test
    void nothingVaries() {
        Source exam = Source.of("exam", "a");
        double[][] block = {{2}, {Double.NaN}, {2}};
        TaskSet data = TaskSet.builder().task(Task.continuous("t").block(exam, block).response(1, 1, 1)).build();
        MultipleImputation imputation = new MultipleImputation(data, RandomStream.of(1));
        assertThat(imputation.expected().tasks().get("t").get(exam)[1][0]).isEqualTo(2);
        assertThat(imputation.draw(0).completed().tasks().get("t").get(exam)[1][0]).isEqualTo(2);
        assertThat(imputation.draw(0).withoutResponse().tasks().get("t").get(exam)[1][0]).isEqualTo(2);
    }
}

package intarsia.bench.cost;

import intarsia.linalg.RandomStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How large a made-up study is: tasks of a binary response, one or two sources of numbers with four decimals, the second missing in every
 * second task.
 *
 * @param tasks   how many tasks
 * @param rows    rows of each
 * @param columns of the sources together
 * @param sources 1 or 2
 * @param asked   rows to predict
 */
record DataSize(int tasks, int rows, int columns, int sources, int asked) {
    /** With two sources, and as many rows to predict as a task has. */
    DataSize(int tasks, int rows, int columns) {
        this(tasks, rows, columns, 2, rows);
    }

    /**
     * Of words: tasks, rows and columns, then perhaps sources and rows to predict.
     *
     * @throws IllegalArgumentException if they are others
     */
    static DataSize of(List<String> words) {
        int[] given = words.stream().mapToInt(Integer::parseInt).toArray();
        if (given.length < 3 || given.length > 5 || IntStream.of(given).anyMatch(one -> one < 1) || given.length > 3 && given[3] > 2) {
            throw new IllegalArgumentException("not " + words + " but TASKS ROWS COLUMNS [SOURCES [NEW_ROWS]], with at most 2 sources");
        }
        return new DataSize(given[0], given[1], given[2], given.length > 3 ? given[3] : 2, given.length > 4 ? given[4] : given[1]);
    }

    /** What one grows along. */
    enum Axis {
        TASKS, ROWS, COLUMNS;

        /** In lower case, for people. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    int along(Axis axis) {
        return switch (axis) {
            case TASKS -> tasks;
            case ROWS -> rows;
            case COLUMNS -> columns;
        };
    }

    /** Another size along an axis. */
    DataSize with(Axis axis, int size) {
        return new DataSize(axis == Axis.TASKS ? size : tasks, axis == Axis.ROWS ? size : rows, axis == Axis.COLUMNS ? size : columns,
                sources, axis == Axis.ROWS ? size : asked);
    }

    /** Writes a study of this size into a folder, and {@code new.csv} with rows to predict. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder study = new StringBuilder("[response]\ncolumn = \"y\"\nkind = \"binary\"\n\n[tasks]\n");
        for (int t = 0; t < tasks; t++) {
            study.append("task").append(t).append(" = \"task").append(t).append(".csv\"\n");
        }
        study.append("\n[sources]\n").append(source("exam", 0, first())).append(sources == 1 ? "" : source("labs", first(), columns));
        Files.writeString(folder.resolve("study.toml"), study);
        RandomStream random = RandomStream.of(1, "cost");
        for (int t = 0; t < tasks; t++) {
            write(folder.resolve("task" + t + ".csv"), t % 2 == 0 ? columns : first(), rows, random.child("task", t));
        }
        write(folder.resolve("new.csv"), columns, asked, random.child("new"));
    }

    /** How many columns the first source has. */
    private int first() {
        return sources == 1 ? columns : (columns + 1) / 2;
    }

    private static String source(String name, int from, int to) {
        StringBuilder line = new StringBuilder(name + " = [");
        for (int j = from; j < to; j++) {
            line.append(j > from ? ", " : "").append("\"c").append(j).append('"');
        }
        return line.append("]\n").toString();
    }

    private static void write(Path file, int given, int rows, RandomStream random) throws IOException {
        try (BufferedWriter to = Files.newBufferedWriter(file)) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < given; j++) {
                line.append('c').append(j).append(',');
            }
            to.append(line.append("y\n"));
            for (int i = 0; i < rows; i++) {
                line.setLength(0);
                double all = random.nextGaussian();
                double sum = 0;
                for (int j = 0; j < given; j++) {
                    double cell = Math.rint(1e4 * (0.6 * all + random.nextGaussian())) / 1e4;
                    sum += (j % 3 - 1) * cell;
                    line.append(cell).append(',');
                }
                to.append(line.append(sum / Math.sqrt(given) + random.nextGaussian() > 0 ? "1\n" : "0\n"));
            }
        }
    }
}

package intarsia.bench.panel;

import intarsia.models.data.DataException;
import intarsia.models.data.DataSplit;
import intarsia.models.data.TaskSplit;
import intarsia.models.response.ResponseFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method of another library, in a process of its own on one thread.
 *
 * @param key     its name
 * @param command what runs it, before its arguments
 */
record PanelPeer(String key, List<String> command) implements PanelMethod {
    /** What a process said. */
    private record Said(int status, String out, String error) {}

    @Override
    public boolean plain() {
        return true;
    }

    /** The versions that would run, or null where it is not installed; the second is why. */
    String[] check() throws IOException, InterruptedException {
        Said said;
        try {
            said = run(List.of("check", key));
        } catch (IOException e) {
            return new String[] {null, command.getFirst() + " cannot be started"};
        }
        return said.status == 0 ? new String[] {said.out.strip(), null} : new String[] {null, said.error};
    }

    @Override
    public Predictions fit(PanelStudy study, DataSplit rows, long seed, Path files, int split) throws IOException, InterruptedException {
        Path predictions = files.resolve(key + "-" + split + ".csv");
        Said said = run(List.of(key, study.family().equals(ResponseFamily.BINARY) ? "binary" : "continuous",
                files.resolve("table.csv").toString(), files.resolve("columns.csv").toString(),
                files.resolve("split-" + split + ".csv").toString(), predictions.toString()));
        if (said.status != 0) {
            throw new DataException(said.error);
        }
        Map<Integer, Double> byRow = new HashMap<>();
        Files.readAllLines(predictions).stream().skip(1).map(line -> line.split(","))
                .forEach(cells -> byRow.put(Integer.parseInt(cells[0]), Double.parseDouble(cells[1])));
        Map<String, double[]> byTask = new LinkedHashMap<>();
        int first = 0;
        for (TaskSplit task : rows.tasks()) {
            double[] of = new double[task.test().length];
            for (int i = 0; i < of.length; i++) {
                Double value = byRow.get(first + task.test()[i]);
                if (value == null || !Double.isFinite(value)) {
                    throw new DataException("no finite prediction of row " + (first + task.test()[i]));
                }
                of[i] = value;
            }
            byTask.put(task.task().name(), of);
            first += task.task().size();
        }
        String last = said.out.strip().lines().toList().getLast();
        return new Predictions(byTask, Double.parseDouble(last.substring("seconds ".length())));
    }

    private Said run(List<String> arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        Path out = Files.createTempFile("panel", ".out");
        Path error = Files.createTempFile("panel", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(all).redirectOutput(out.toFile()).redirectError(error.toFile());
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().put("OPENBLAS_NUM_THREADS", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            int status;
            try {
                status = process.waitFor();
            } finally {
                process.destroy();
            }
            String said = Files.readString(error, StandardCharsets.UTF_8).strip();
            return new Said(status, Files.readString(out), said.lines().filter(line -> line.contains("rror")).findFirst()
                    .orElse(said.isEmpty() ? "status " + status : said.lines().toList().getLast()));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(error);
        }
    }
}

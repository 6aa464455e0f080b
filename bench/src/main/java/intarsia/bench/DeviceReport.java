package intarsia.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Figures of a device as a page of Markdown: products with peak and peers, steps with the CPU, and where the device overtakes it. */
record DeviceReport(String device, MeasurementContext context, BenchResults results) {
    private static final String MATMUL = "device matmul";
    private static final String STEP = "device step";

    String markdown() {
        StringBuilder page = new StringBuilder("# Measured on a device\n\nWritten by `bench/run --device`; "
                + "../../../docs/performance.md says what the figures mean.\n\n")
                .append(device).append("; CPU: ").append(context.machine()).append(".\n\n").append(context.when()).append("\n");
        products(page);
        steps(page);
        return page.toString();
    }

    private void products(StringBuilder page) {
        List<String> peers = new ArrayList<>(results.series(MATMUL));
        peers.remove(Intarsia.NAME);
        page.append("\n## Products of square matrices\n\nIn GFLOP/s; the peak is fused multiply-adds on registers alone, "
                + "measured in the same run.\n\n| | Intarsia | of peak |");
        peers.forEach(peer -> page.append(' ').append(peer).append(" | of ").append(peer).append(" |"));
        page.append("\n|---|--:|--:|").append("--:|--:|".repeat(peers.size())).append('\n');
        for (String row : results.rows(MATMUL)) {
            double own = rate(row, Intarsia.NAME).orElse(Double.NaN);
            double peak = results.median("device peak", row.split(" ")[0], "GFLOP/s").orElse(Double.NaN);
            page.append("| ").append(row).append(" | ").append(Goal.number(own)).append(" | ").append(percent(own / peak)).append(" |");
            for (String peer : peers) {
                OptionalDouble theirs = rate(row, peer);
                page.append(theirs.isPresent() ? " " + Goal.number(theirs.getAsDouble()) + " | " + percent(own / theirs.getAsDouble())
                        + " |" : " | |");
            }
            page.append('\n');
        }
    }

    private OptionalDouble rate(String row, String series) {
        OptionalDouble nanos = results.median(MATMUL, row, series);
        double size = Double.parseDouble(row.split(" ")[1]);
        return nanos.isPresent() ? OptionalDouble.of(2 * size * size * size / nanos.getAsDouble()) : nanos;
    }

    private static String percent(double share) {
        return Goal.number(100 * share) + " %";
    }

    private void steps(StringBuilder page) {
        page.append("\n## Training steps\n\nA perceptron of 150 inputs and two hidden layers with tanh, Adam; microseconds a step, "
                + "and how many times as long the CPU takes.\n\n")
                .append("| | device | ").append(DeviceFork.CPU).append(" | CPU / device |\n|---|--:|--:|--:|\n");
        Map<String, String> overtakes = new LinkedHashMap<>();
        for (String row : results.rows(STEP)) {
            double device = results.median(STEP, row, "device").orElse(Double.NaN);
            double cpu = results.median(STEP, row, DeviceFork.CPU).orElse(Double.NaN);
            page.append("| ").append(row).append(" | ").append(Goal.number(device / 1e3)).append(" | ").append(Goal.number(cpu / 1e3))
                    .append(" | ")
                    .append(Goal.number(cpu / device)).append(" |\n");
            String width = row.substring(0, row.indexOf(" batch"));
            overtakes.putIfAbsent(width, "never in these batches");
            if (device < cpu && overtakes.get(width).startsWith("never")) {
                overtakes.put(width, "from batch " + row.substring(row.lastIndexOf(' ') + 1));
            }
        }
        page.append("\n## Where the device is faster\n\n| | |\n|---|---|\n");
        overtakes.forEach((width, where) -> page.append("| ").append(width).append(" | ").append(where).append(" |\n"));
    }
}

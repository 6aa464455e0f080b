package intarsia.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A chart of how far each goal is reached: a bar of measured over wanted on a logarithmic scale, 1 being the line to reach. */
final class GoalChart {
    private static final int ROW = 20;
    private static final int LABELS = 480;
    private static final int BARS = 440;
    private static final double SPAN = Math.log(4);

    private final BenchResults results;

    GoalChart(BenchResults results) {
        this.results = results;
    }

    private record Bar(String label, double share) {}

    /** As a picture. */
    String svg() {
        List<Bar> bars = new ArrayList<>();
        for (Goal goal : Goal.all()) {
            goal.measure(results).ifPresent(reached -> {
                double share = goal.atMost() ? goal.bound() / Math.max(reached.value(), 1e-9) : reached.value() / goal.bound();
                String label = goal.what() + (goal.against().isEmpty() ? "" : " / " + goal.against());
                bars.add(new Bar(label + ": " + Goal.number(reached.value()) + ", " + goal.wanted(), share));
            });
        }
        int height = (bars.size() + 2) * ROW;
        int middle = LABELS + BARS / 2;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">%n"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n", LABELS + BARS + 20, height));
        for (double tick : new double[] {0.25, 0.5, 1, 2, 4}) {
            double x = x(tick);
            svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\"/>%n"
                    + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#444444\">%s</text>%n",
                    x, ROW, x, height - ROW / 2, tick == 1 ? "#222222" : "#dddddd", x, ROW - 6, tick == 1 ? "goal" : Goal.number(tick)
                            + " x"));
        }
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double x = x(bar.share);
            int y = (i + 1) * ROW;
            svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#222222\">%s</text>%n"
                    + "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n", LABELS - 8, y + 14,
                            bar.label.replace("&", "&amp;"),
                    Math.min(x, middle), y + 4, Math.max(1, Math.abs(x - middle)), ROW - 7, bar.share >= 1 ? "#2a7f62" : "#c8553d"));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(double share) {
        double log = Math.clamp(Math.log(share), -SPAN, SPAN);
        return LABELS + BARS / 2.0 + log / SPAN * BARS / 2;
    }
}

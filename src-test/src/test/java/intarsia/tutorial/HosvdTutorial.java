package intarsia.tutorial;

import intarsia.linalg.RandomStream;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Matrices;
import intarsia.linalg.decomposition.SvdMethod;
import intarsia.linalg.tucker.Multilinear;
import intarsia.linalg.tucker.Ranks;
import intarsia.linalg.tucker.Tucker;
import intarsia.linalg.tucker.TuckerDecomposition;
import intarsia.linalg.tucker.TuckerFit;
import intarsia.linalg.tucker.WeightedTucker;
import intarsia.models.report.Figure;
import intarsia.models.report.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor of patients x signs x weeks: its higher-order singular values, ranks, missing cells. */
public final class HosvdTutorial implements Tutorial {
    @Override
    public void run(Transcript page) {
        // @start region="data"
        RandomStream random = RandomStream.of(5);
        Tensor core = normal(random, 1, 2, 3, 2);
        List<Tensor> factors = List.of(normal(random, 1, 30, 2), normal(random, 1, 12, 3),
                normal(random, 1, 20, 2));
        // 30 patients x 12 signs x 20 weeks
        Tensor truth = new TuckerDecomposition(core, factors).reconstruct();
        Tensor noise = normal(random, 0.3, 30, 12, 20);
        Tensor measured = Tensor.of(truth.shape(), sum(truth.doubles(), noise.doubles()));
        // @end
        // @start region="hosvd"
        TuckerFit all = Tucker.hosvd(measured, Ranks.full());
        for (int mode = 0; mode < 3; mode++) {
            double[] values = all.singularValues().get(mode).toDoubles();
            IO.println("mode %d: %s".formatted(mode, Arrays.stream(values).limit(6)
                    .mapToObj("%.1f"::formatted).toList()));
        }
        // @end
        page.printed("hosvd");
        page.shows(picture(all));
        // @start region="truncate"
        TuckerFit few = Tucker.hosvd(measured, Ranks.of(2, 3, 2));
        TuckerFit better = Tucker.hooi(measured, Ranks.of(2, 3, 2), SvdMethod.ACCURATE, 100, 1e-12);
        double norm = Matrices.norm(measured);
        int numbers = few.decomposition().parameters();
        IO.println("%d numbers instead of %d".formatted(numbers, measured.size()));
        IO.println("HOSVD: error %.6f, at most %.6f".formatted(few.error() / norm,
                few.errorBound() / norm));
        IO.println("HOOI:  error %.6f after %d sweeps".formatted(better.error() / norm, better.sweeps()));
        IO.println("from the truth: measured %.3f, HOOI %.3f".formatted(distance(measured, truth),
                distance(better.decomposition().reconstruct(), truth)));
        // @end
        page.printed("truncate");
        // @start region="ranks"
        for (Ranks rule : List.of(new Ranks.RelativeError(0.2), new Ranks.Energy(0.99))) {
            IO.println(Arrays.toString(Tucker.hosvd(measured, rule).decomposition().ranks()));
        }
        // @end
        page.printed("ranks");
        // @start region="missing"
        // two cells of five were never measured
        Tensor known = Tensor.zeros(30, 12, 20);
        Arrays.setAll(known.doubles(), i -> random.nextDouble() < 0.6 ? 1 : 0);
        WeightedTucker filled = WeightedTucker.of(measured, known, Ranks.of(2, 3, 2), SvdMethod.ACCURATE,
                500, 1e-10);
        IO.println("converged: %s, from the truth: %.3f".formatted(filled.converged(),
                distance(filled.decomposition().reconstruct(), truth)));
        // @end
        page.printed("missing");
        // @start region="products"
        Tensor unfolded = Multilinear.unfold(truth, 1);                   // signs x (patients x weeks)
        Tensor average = Tensor.zeros(1, 20);
        Arrays.fill(average.doubles(), 1 / 20.0);
        Tensor means = Multilinear.modeProduct(measured, average, 2);     // over weeks
        IO.println("unfolded %s, means %s".formatted(unfolded.shape(), means.shape()));
        // @end
        page.printed("products");
    }

    private static Tensor normal(RandomStream random, double deviation, int... sizes) {
        Tensor tensor = Tensor.zeros(sizes);
        Arrays.setAll(tensor.doubles(), i -> deviation * random.nextGaussian());
        return tensor;
    }

    private static double[] sum(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] + b[i]).toArray();
    }

    /** {@code ||a - truth|| / ||truth||}. */
    private static double distance(Tensor a, Tensor truth) {
        Tensor difference = Tensor.of(truth.shape(), IntStream.range(0, a.size()).mapToDouble(i -> a.at(i) - truth.at(i)).toArray());
        return Matrices.norm(difference) / Matrices.norm(truth);
    }

    private static Figure picture(TuckerFit all) {
        List<LineChart.Line> lines = new ArrayList<>();
        for (String mode : List.of("patients", "signs", "weeks")) {
            double[] values = all.singularValues().get(lines.size()).toDoubles();
            int shown = Math.min(12, values.length);
            lines.add(LineChart.Line.of(mode, IntStream.rangeClosed(1, shown).asDoubleStream().toArray(), Arrays.copyOf(values, shown)));
        }
        return new LineChart("number", "singular value", false, true, lines).figure("hosvd",
                "Singular values of each unfolding: where they level off is noise", "");
    }
}

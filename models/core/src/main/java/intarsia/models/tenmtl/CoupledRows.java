package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.models.data.Modalities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All individuals' rows by modality (ours). Beside each modality's tensors there is one matrix of all their numbers, in which every
 * modality has the same mean squared norm over the individuals that have it, so that neither width nor unit lets one outweigh the others.
 * Of one modality, that matrix is the rows themselves. What an individual lacks does not vary in its rows, so it is 0 once rows are
 * centered.
 */
final class CoupledRows {
    /** Rows as they came: weights, responses and names are theirs. */
    final CenteredData all;
    /** The same with the predictors of one modality each. */
    final List<CenteredData> modalities;
    private final double[] norms;
    private final double reference;

    private CoupledRows(CenteredData all, List<CenteredData> modalities) {
        this.all = all;
        this.modalities = modalities;
        norms = modalities.stream().mapToDouble(CenteredData::meanSquaredNorm).toArray();
        reference = Arrays.stream(norms).filter(norm -> norm > 0).findFirst().orElse(0);
    }

    static CoupledRows of(CenteredData all) {
        int count = all.modalities.size();
        return new CoupledRows(all, count == 1 ? List.of(all) : IntStream.range(0, count).mapToObj(m -> modality(all, m)).toList());
    }

    private static CenteredData modality(CenteredData all, int m) {
        Tensor own = Modalities.part(all.modalities, all.predictors, m);
        int having = (int) all.observed.stream().filter(observed -> observed.get(m)).count();
        return new CenteredData(all, null, own, RowSpans.NONE, all.modalities.get(m).size(), having);
    }

    /** Each modality in coordinates of its rows' span, where these ranks are possible there. */
    CoupledRows compressed(TuckerRanks ranks) {
        List<CenteredData> narrow = new ArrayList<>();
        int modes = 0;
        for (CenteredData modality : modalities) {
            CenteredData compressed = modality.compressed();
            narrow.add(ranks.within(compressed.rowShape(), modes) ? compressed : modality);
            modes += modality.rowShape().rank();
        }
        return new CoupledRows(all, narrow);
    }

    /** How much larger a modality's mean squared norm is than that of the first that varies; 1 of one that does not. */
    double size(int m) {
        return norms[m] > 0 ? norms[m] / reference : 1;
    }

    /** All numbers in one matrix [N x P], modalities brought to one size. */
    CenteredData joint() {
        if (modalities.size() == 1) {
            return modalities.getFirst();
        }
        List<Tensor> sized = IntStream.range(0, modalities.size())
                .mapToObj(m -> times(modalities.get(m).predictors, 1 / Math.sqrt(size(m)))).toList();
        return new CenteredData(all, null, CoupledTucker.joined(sized), RowSpans.NONE, all.width(), all.individuals());
    }

    /** Each modality's part of coefficients [individuals x P] of the joint matrix. */
    List<Tensor> apart(Tensor coefficients) {
        if (modalities.size() == 1) {
            return List.of(coefficients);
        }
        List<Shape> shapes = modalities.stream().map(CenteredData::rowShape).toList();
        return IntStream.range(0, shapes.size())
                .mapToObj(m -> times(Modalities.part(shapes, coefficients, m), 1 / Math.sqrt(size(m)))).toList();
    }

    /** Coefficients of the joint matrix in which an individual has, of what it lacks, the mean of those who have it. */
    Tensor completed(Tensor coefficients) {
        Tensor completed = coefficients.copy();
        double[] b = completed.doubles();
        int count = all.individuals();
        int width = b.length / count;
        int from = 0;
        for (int m = 0; m < modalities.size(); m++) {
            int to = from + modalities.get(m).rowShape().size();
            int modality = m;
            int[] having = IntStream.range(0, count).filter(i -> all.observed.get(i).get(modality)).toArray();
            for (int j = from; j < to && having.length < count && having.length > 0; j++) {
                double mean = 0;
                for (int i : having) {
                    mean += b[i * width + j] / having.length;
                }
                for (int i = 0; i < count; i++) {
                    b[i * width + j] = all.observed.get(i).get(m) ? b[i * width + j] : mean;
                }
            }
            from = to;
        }
        return completed;
    }

    /** Models of rows as they came. */
    PersonalCoefficients uncentered(CoupledTucker parameters, double[] intercepts) {
        List<Tensor> expanded = IntStream.range(0, modalities.size())
                .mapToObj(m -> modalities.get(m).spans.expanded(parameters.modality(m).reconstruct())).toList();
        return all.uncentered(CoupledTucker.joined(expanded), intercepts);
    }

    /** The largest ranks of the modalities' coefficients, individuals first. */
    List<Shape> ranks() {
        return modalities.stream().map(modality -> all.losses.ranks(modality.stacked())).toList();
    }

    private static Tensor times(Tensor a, double factor) {
        Tensor scaled = a.copy();
        for (int j = 0; j < scaled.size(); j++) {
            scaled.doubles()[j] *= factor;
        }
        return scaled;
    }
}

package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.ShapeException;
import intarsia.linalg.Tensor;
import intarsia.linalg.tucker.TuckerDecomposition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coefficients of several modalities, each a Tucker tensor with its own core and predictor factors, all with the same U_0: {@code B^(m) =
 * [[G^(m); U_0, U_1^(m), ..]]}. One modality is a {@link TuckerDecomposition}.
 *
 * @param modalities at least one, their first factors the same
 */
public record CoupledTucker(List<TuckerDecomposition> modalities) {
    /**
     * Copies the list.
     *
     * @throws ShapeException if there is none, or U_0 is not the same in all
     */
    public CoupledTucker {
        modalities = List.copyOf(modalities);
        if (modalities.isEmpty()) {
            throw new ShapeException("coupled tucker: no modality");
        }
        Tensor first = modalities.getFirst().factors().getFirst();
        for (TuckerDecomposition modality : modalities) {
            Tensor other = modality.factors().getFirst();
            if (other != first && !(other.shape().equals(first.shape()) && Arrays.equals(other.toDoubles(), first.toDoubles()))) {
                throw new ShapeException("coupled tucker: the individuals' factors differ");
            }
        }
    }

    /** One modality. */
    public static CoupledTucker of(TuckerDecomposition only) {
        return new CoupledTucker(List.of(only));
    }

    /** A modality's tensor. */
    public TuckerDecomposition modality(int m) {
        return modalities.get(m);
    }

    /** U_0 [individuals x R_0]. */
    public Tensor individuals() {
        return modalities.getFirst().factors().getFirst();
    }

    /** The cores. */
    public List<Tensor> cores() {
        return modalities.stream().map(TuckerDecomposition::core).toList();
    }

    /** With another U_0. */
    public CoupledTucker withIndividuals(Tensor other) {
        return new CoupledTucker(modalities.stream().map(modality -> replaced(modality, 0, other)).toList());
    }

    /** With another factor of a modality's mode, from 1 on. */
    CoupledTucker withFactor(int m, int mode, Tensor factor) {
        List<TuckerDecomposition> others = new ArrayList<>(modalities);
        others.set(m, replaced(others.get(m), mode, factor));
        return new CoupledTucker(others);
    }

    /** With other cores. */
    CoupledTucker withCores(List<Tensor> cores) {
        List<TuckerDecomposition> others = new ArrayList<>();
        for (int m = 0; m < cores.size(); m++) {
            others.add(new TuckerDecomposition(cores.get(m), modalities.get(m).factors()));
        }
        return new CoupledTucker(others);
    }

    private static TuckerDecomposition replaced(TuckerDecomposition old, int mode, Tensor factor) {
        List<Tensor> factors = new ArrayList<>(old.factors());
        factors.set(mode, factor);
        return new TuckerDecomposition(old.core(), factors);
    }

    /** All coefficients: [individuals x p_1 x .. x p_d] of one modality, [individuals x P] of several, one after another. */
    public Tensor reconstruct() {
        return joined(modalities.stream().map(TuckerDecomposition::reconstruct).toList());
    }

    /** Tensors with the same first mode as one: the only one, or their numbers side by side. */
    static Tensor joined(List<Tensor> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int count = parts.getFirst().shape().size(0);
        int width = parts.stream().mapToInt(Tensor::size).sum() / Math.max(1, count);
        double[] all = new double[count * width];
        int at = 0;
        for (Tensor part : parts) {
            int own = part.size() / Math.max(1, count);
            for (int i = 0; i < count; i++) {
                System.arraycopy(part.doubles(), i * own, all, i * width + at, own);
            }
            at += own;
        }
        return Tensor.of(Shape.of(count, width), all);
    }
}

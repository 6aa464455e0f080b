package intarsia.models.tenmtl;

import intarsia.linalg.Shape;
import intarsia.linalg.Tensor;
import intarsia.linalg.decomposition.Qr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@link CoefficientPrior} of several modalities: the prior of linear predictors where each modality that an individual has contributes as
 * much (ours). Its coefficients of modality m have the precision
 *
 * <pre>  t_m = c rho_m q mean ||x^(m)||^2</pre>
 *
 * <p>q is how many modalities an individual has on average, the mean is over those that have this one, and {@code rho_m = noise / s
 * R_0 / p_m} for Gaussian responses. So neither units nor widths let one modality be held more than another. Coefficients of what an
 * individual lacks are held as well: they are what its coordinates say of them. Of one modality it is the prior that it always was.
 *
 * @param modalities each one's, of coefficients alone
 * @param personal   what individuals' rows of F_0 are held by, with the first precision that is not 0, and intercepts
 */
record CoupledPrior(List<CoefficientPrior> modalities, CoefficientPrior personal) {
    /** Copies the list. */
    CoupledPrior {
        modalities = List.copyOf(modalities);
    }

    static CoupledPrior of(CoupledRows rows, TenMtl options) {
        CenteredData all = rows.all;
        double[] shares = Arrays.stream(all.totals).map(total -> 1 / total).toArray();
        boolean gaussian = all.losses.gaussian();
        CenteredData joint = options.prior() ? rows.joint() : null;
        double noise = options.prior() && gaussian ? NoiseRatio.of(joint) : Double.NaN;
        double norm = options.prior() ? joint.meanSquaredNorm() : 0;
        // of classes each linear predictor has half the variance
        int more = all.losses.group() > 1 ? 2 : 1;
        List<CoefficientPrior> modalities = new ArrayList<>();
        double reference = 0;
        for (int m = 0; m < rows.modalities.size(); m++) {
            double precision = !options.prior() ? 0
                    : CoefficientPrior.precision(options, rows.modalities.get(m).width(), noise, norm * rows.size(m)) * more;
            modalities.add(new CoefficientPrior(precision, options.common(), new double[0], shares));
            reference = reference > 0 ? reference : precision;
        }
        double[] centers = options.prior() && !gaussian ? all.startIntercepts() : new double[0];
        return new CoupledPrior(modalities, new CoefficientPrior(reference, options.common(), centers, shares));
    }

    /** Its part of the objective. */
    double value(CoupledTucker parameters, double[] intercepts) {
        double sum = 0;
        for (int m = 0; m < modalities.size(); m++) {
            sum += modalities.get(m).value(parameters.modality(m), intercepts);
        }
        for (int i = 0; i < intercepts.length; i++) {
            sum += personal.intercept(i, intercepts[i]);
        }
        return sum;
    }

    /** What every individual's rows are made of, for {@link CoefficientPrior#individual} of {@link #personal}. */
    Tensor individuals(CoupledTucker parameters) {
        if (modalities.size() == 1) {
            return personal.individuals(parameters.modality(0));
        }
        List<Tensor> roots = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            double share = personal.precision() == 0 ? 0 : modalities.get(m).precision() / personal.precision();
            Tensor root = modalities.get(m).individuals(parameters.modality(m));
            for (int j = 0; j < root.size(); j++) {
                root.doubles()[j] *= Math.sqrt(share);
            }
            roots.add(root);
        }
        int free = roots.getFirst().shape().columns();
        double[] numbers = roots.stream().flatMapToDouble(root -> Arrays.stream(root.doubles())).toArray();
        return free == 0 ? roots.getFirst() : Qr.triangle(Tensor.of(Shape.of(numbers.length / free, free), numbers));
    }

    /** For all cores, one after another, row-major. */
    CoefficientPrior.PriorRows cores(CoupledTucker parameters) {
        List<CoefficientPrior.PriorRows> rows = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            rows.add(modalities.get(m).core(parameters.modality(m)));
        }
        return CoefficientPrior.PriorRows.apart(rows);
    }
}

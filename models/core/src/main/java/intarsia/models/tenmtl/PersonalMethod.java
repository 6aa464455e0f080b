package intarsia.models.tenmtl;

import java.util.List;

/** A way to fit a model for each individual. */
public sealed interface PersonalMethod
        permits Local, Global, TruncatedLocal, SvdAso, MeanRegularized, Coupled, TenMtlOptions {
    /** Models of these individuals, whose predictors have one shape. */
    PersonalModels fit(List<Individual> individuals);
}

/** What intervals of coefficients are worth when blocks were imputed: simulated data, where the coefficients are known. */
package intarsia.models.study.imputation;

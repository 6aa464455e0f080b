/**
 * Missing cells as a distribution: joint normal imputation, multiple imputation with Rubin's rules, and how good an imputation is where the
 * truth is known.
 */
package intarsia.models.imputation;

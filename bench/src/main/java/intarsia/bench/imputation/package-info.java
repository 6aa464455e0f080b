/** Coverage of pooled intervals of coefficients, ours and those of R's mice on the same data: {@code bench/imputation}. */
package intarsia.bench.imputation;

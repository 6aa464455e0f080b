/**
 * The pages of runs: {@link intarsia.models.report.run.FitPage} of a fit, {@link intarsia.models.report.run.EvaluationPage} of a fitted
 * model on later rows. Which pictures of predictions there are is decided by the response's family in one class, {@code TaskFigures}.
 */
package intarsia.models.report.run;

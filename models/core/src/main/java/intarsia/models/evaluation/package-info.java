/** How good predictions are: metrics, and methods held against each other over repeated splits. */
package intarsia.models.evaluation;

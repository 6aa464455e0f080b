/**
 * The study of the dual encoder: simulations of our own ({@link intarsia.models.simulation.SharedCoefficients}; the paper's are not public)
 * and, where a folder with them is given, patient-derived xenografts.
 */
package intarsia.models.study.dual;

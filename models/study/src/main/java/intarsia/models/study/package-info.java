/** Simulation studies: settings and methods as values, tuning on validation rows, a runner that resumes where it was, tables and figures. */
package intarsia.models.study;

/**
 * Models on real data: ours and those of other libraries on the very same random splits. {@code bench/panel --help} says how it is run; a
 * journal for each study makes it resume.
 */
package intarsia.bench.panel;

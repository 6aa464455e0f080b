/** Random changes to everything that is read from disk: each result is refused in one line, or read as an independent reader reads it. */
package intarsia.fuzz;

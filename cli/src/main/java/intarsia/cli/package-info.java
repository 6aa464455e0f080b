/** The program {@code intarsia}: each command is a class that reads its arguments, calls the library and prints. */
package intarsia.cli;

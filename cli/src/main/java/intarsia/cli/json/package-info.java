/** What commands answer to programs: with {@code --json}, one document of a stable form. */
package intarsia.cli.json;

/**
 * Proof that this machine computes the same bits as every other: {@link intarsia.cli.bits.BitsCases} lists what is computed, {@link
 * intarsia.cli.bits.BitsTable} what comes out of it everywhere.
 */
package intarsia.cli.bits;

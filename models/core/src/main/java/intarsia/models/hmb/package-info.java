/**
 * MTL-HMB: multi-task learning when blocks of data are missing (Sui, Xu, Bai &amp; Qu, arXiv 2505.24413). Step 1, {@link
 * intarsia.models.hmb.Hbi}, learns to impute each missing block from the anchor; {@link intarsia.models.hmb.BlockImputation} completes
 * rows; step 2, {@link intarsia.models.hmb.MtlHmb#learn}, learns on whole rows what the tasks share and what they do not; {@link
 * intarsia.models.hmb.MtlHmb} is the whole. {@link intarsia.models.hmb.HeterogeneousTransfer} is step 2 without imputation.
 *
 * <p>The paper lets every other source belong to exactly one task. Here a source may be observed in any tasks and missing in the rest; with
 * one task each, everything is the paper's.
 */
package intarsia.models.hmb;

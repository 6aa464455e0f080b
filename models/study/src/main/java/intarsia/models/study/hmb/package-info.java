/** The study of MTL-HMB: the simulations of arXiv 2505.24413, its methods, and its numbers next to the published and the released ones. */
package intarsia.models.study.hmb;

/** The study of TenMTL: personal models, simulated and on Parkinson's telemonitoring. */
package intarsia.models.study.tenmtl;

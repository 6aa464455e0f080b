# R's mice on the data sets of bench/imputation: mice.R FOLDER REPLICATES DRAWS. Writes FOLDER/mice.csv: estimates, then half widths of
# 95 % intervals, a line a replicate.
arguments <- commandArgs(trailingOnly = TRUE)
if (!requireNamespace("mice", quietly = TRUE)) {
  message("no R package mice (Debian: r-cran-mice)")
  quit(status = 1)
}
suppressPackageStartupMessages(library(mice))
out <- file.path(arguments[1], "mice.csv")
unlink(out)
for (r in seq_len(as.integer(arguments[2]))) {
  data <- read.csv(file.path(arguments[1], paste0("replicate-", r, ".csv")))
  data$task <- factor(data$task)
  imputed <- mice(data, m = as.integer(arguments[3]), maxit = 5, method = "norm", printFlag = FALSE, seed = r)
  fitted <- with(imputed, lm(y ~ 0 + task + exam1 + exam2 + labs1 + labs2 + labs3 + scan1 + scan2))
  pooled <- summary(pool(fitted), conf.int = TRUE)[-(1:3), ]
  low <- pooled[["2.5 %"]]
  high <- pooled[["97.5 %"]]
  cat(paste(c(pooled$estimate, (high - low) / 2), collapse = ","), "\n", sep = "", file = out, append = TRUE)
}

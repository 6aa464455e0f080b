# The same work in R's glmnet: lasso_path.R SUITE MILLISECONDS prints a line of JSON for each figure. Data are the sequence of
# intarsia.bench.Numbers.
arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[1] != "tenmtl") quit(status = 0)
suppressPackageStartupMessages(library(glmnet))

# The seeds are the CRC-32 of the names "x" and "y"; the products stay below 2^53.
numbers <- function(seed, count, bound) {
  values <- numeric(count)
  for (i in seq_len(count)) {
    seed <- (seed * 1664525 + 1013904223) %% 4294967296
    values[i] <- (seed / 2147483648 - 1) * bound
  }
  values
}
n <- 1000
p <- 500
x <- matrix(numbers(2363233923, n * p, 1), n, p, byrow = TRUE)
every <- seq(1, p, by = 5)
y <- numbers(4225443349, n, 2) + drop(x[, every] %*% ifelse((every - 1) %% 2 == 0, 1, -0.5))

largest <- max(abs(crossprod(scale(x, scale = FALSE), y - mean(y)))) / n
weights <- largest * exp(log(1e-3) * (0:99) / 99)
glmnet.control(fdev = 0, devmax = 1)
work <- function() glmnet(x, y, lambda = weights, standardize = FALSE)

invisible(work())
invisible(work())
taken <- c()
end <- as.numeric(Sys.time()) + 3e-3 * as.numeric(arguments[2])
while (length(taken) < 3 || as.numeric(Sys.time()) < end) {
  start <- as.numeric(Sys.time())
  fit <- work()
  taken <- c(taken, as.numeric(Sys.time()) - start)
}
stopifnot(length(fit$lambda) == 100)
cat(sprintf('{"suite": "tenmtl", "row": "lasso %dx%d", "series": "glmnet", "value": %.1f}\n', n, p, 1e9 * median(taken)))

# Writes table.csv, simulated: Rscript table.R > table.csv
set.seed(7)
n <- 160
x <- round(cbind(rnorm(n), rnorm(n) + 0.5 * (seq_len(n) %% 2), runif(n, -2, 2), rbinom(n, 1, 0.4)), 3)
eta <- drop(x %*% c(0.6, -0.4, 0.3, 0.5))
exposure <- round(runif(n, 0.2, 3), 2)
count <- rpois(n, exposure * exp(0.4 + eta))
class <- apply(cbind(0, 0.8 * eta - 0.2, x[, 2] - 0.3 * x[, 3]) - log(-log(matrix(runif(3 * n), n))), 1, which.max) - 1
grade <- findInterval(1.3 * eta + rlogis(n), c(-1.2, 0.1, 1.4))
failure <- rexp(n, 0.1 * exp(eta))
censoring <- runif(n, 0, 25)
event <- as.integer(failure <= censoring)
# whole times, so that many are tied
time <- ceiling(pmin(failure, censoring))
entry <- pmin(rpois(n, 0.7), time - 1)
stratum <- rep(0:2, length.out = n)
weight <- round(runif(n, 0.3, 2), 2)
out <- data.frame(x1 = x[, 1], x2 = x[, 2], x3 = x[, 3], x4 = x[, 4], exposure, count, class, grade, time, event, entry, stratum, weight)
write.csv(out, row.names = FALSE, quote = FALSE)

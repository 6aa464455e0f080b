# The same work in R's glmnet: lasso_path.R SUITE MILLISECONDS prints a line of JSON for each figure. Data are those of
# intarsia.bench.PathSuite: the sequence of intarsia.bench.Numbers.
arguments <- commandArgs(trailingOnly = TRUE)
if (arguments[1] != "paths") quit(status = 0)
suppressPackageStartupMessages(library(glmnet))

# The seeds are the CRC-32 of the names; the products stay below 2^53.
numbers <- function(name, count, bound) {
  seed <- c(x = 2363233923, y = 4225443349)[[name]]
  values <- numeric(count)
  for (i in seq_len(count)) {
    seed <- (seed * 1664525 + 1013904223) %% 4294967296
    values[i] <- (seed / 2147483648 - 1) * bound
  }
  values
}
say <- function(row, series, value) cat(sprintf('{"suite": "paths", "row": "%s", "series": "%s", "value": %.6g}\n', row, series, value))

glmnet.control(fdev = 0, devmax = 1)
for (size in c("1000x200", "200x10000")) {
  n <- as.numeric(strsplit(size, "x")[[1]][1])
  p <- as.numeric(strsplit(size, "x")[[1]][2])
  ratio <- if (n > p) 0.01 else 0.1
  x <- matrix(numbers("x", n * p, 1), n, p, byrow = TRUE)
  noise <- numbers("y", n, 1)
  used <- seq(1, 100, by = 5)
  eta <- drop(x[, used] %*% ifelse((used - 1) %% 2 == 0, 0.5, -0.25))
  responses <- list(
    gaussian = eta + noise,
    binomial = as.numeric(eta + noise > 0),
    poisson = pmax(0, floor(exp(eta) + 1 + noise)),
    multinomial = ifelse(eta + noise > 0.4, 2, ifelse(eta + noise < -0.4, 1, 0)),
    cox = cbind(time = exp(-eta) * (1.05 + noise), status = as.numeric((seq_len(n) - 1) %% 4 > 0)))
  for (family in names(responses)) {
    row <- paste(family, size)
    y <- responses[[family]]
    # the falls -d loss / d eta of rows of weight 1/n
    falls <- switch(family,
      gaussian = function(eta) (y - eta) / n,
      binomial = function(eta) (y - 1 / (1 + exp(-eta))) / n,
      poisson = function(eta) (y - exp(eta)) / n,
      multinomial = function(eta) (outer(y, 0:2, "==") - exp(eta) / rowSums(exp(eta))) / n,
      cox = function(eta) {
        order <- order(y[, 1])
        risk <- exp(eta[order])
        at <- rev(cumsum(rev(risk)))
        fall <- numeric(n)
        fall[order] <- (y[order, 2] - risk * cumsum(y[order, 2] / at)) / n
        fall
      })
    start <- switch(family, gaussian = rep(mean(y), n), binomial = rep(qlogis(mean(y)), n), poisson = rep(log(mean(y)), n),
      multinomial = matrix(log(tabulate(y + 1) / n), n, 3, byrow = TRUE), cox = rep(0, n))
    largest <- max(abs(crossprod(x, falls(start))))
    weights <- largest * exp(log(ratio) * (0:49) / 49)
    work <- function() glmnet(x, y, family, lambda = weights, standardize = FALSE)
    fit <- work()
    taken <- c()
    end <- as.numeric(Sys.time()) + 3e-3 * as.numeric(arguments[2])
    while (length(taken) < 3 || as.numeric(Sys.time()) < end) {
      start <- as.numeric(Sys.time())
      work()
      taken <- c(taken, as.numeric(Sys.time()) - start)
    }
    # the clock of processor time counts milliseconds
    runs <- 0
    before <- sum(proc.time()[1:2])
    while (runs < 5 || sum(proc.time()[1:2]) - before < 0.3) {
      work()
      runs <- runs + 1
    }
    processor <- (sum(proc.time()[1:2]) - before) / runs
    stopifnot(length(fit$lambda) == 50)
    # how far slopes are from their condition, as a share of the weight
    worst <- 0
    for (k in 1:50) {
      b <- if (family == "multinomial") do.call(cbind, lapply(fit$beta, function(of) of[, k])) else fit$beta[, k, drop = FALSE]
      a0 <- if (family == "multinomial") fit$a0[, k] else if (family == "cox") 0 else fit$a0[k]
      slopes <- crossprod(x, falls(sweep(as.matrix(x %*% b), 2, a0, "+")))
      b <- as.matrix(b)
      worst <- max(worst, ifelse(b != 0, abs(slopes - weights[k] * sign(b)), pmax(0, abs(slopes) - weights[k])) / weights[k])
    }
    # how far objectives are above their minimum
    loss <- switch(family,
      gaussian = function(eta) sum((y - eta)^2) / 2 / n,
      binomial = function(eta) mean(log1p(exp(eta)) - y * eta),
      poisson = function(eta) mean(exp(eta) - y * eta),
      multinomial = function(eta) mean(log(rowSums(exp(eta))) - eta[cbind(seq_len(n), y + 1)]),
      cox = function(eta) {
        order <- order(y[, 1])
        at <- rev(cumsum(rev(exp(eta[order]))))
        sum(y[order, 2] * (log(at) - eta[order])) / n
      })
    objective <- function(fit, k) {
      b <- if (family == "multinomial") do.call(cbind, lapply(fit$beta, function(of) of[, k])) else fit$beta[, k, drop = FALSE]
      a0 <- if (family == "multinomial") fit$a0[, k] else if (family == "cox") 0 else fit$a0[k]
      loss(sweep(as.matrix(x %*% b), 2, a0, "+")) + weights[k] * sum(abs(b))
    }
    best <- glmnet(x, y, family, lambda = weights, standardize = FALSE, thresh = 1e-14, maxit = 1e7)
    excess <- max(sapply(1:50, function(k) objective(fit, k) - objective(best, k)))
    say(row, "glmnet", 1e9 * median(taken))
    say(paste(row, "processor"), "glmnet", 1e9 * processor)
    say(paste(row, "violation"), "glmnet", worst)
    say(paste(row, "excess"), "glmnet", excess)
  }
}

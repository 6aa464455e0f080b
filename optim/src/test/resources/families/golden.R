# The coefficients that R's packages give on table.csv: Rscript golden.R FOLDER > golden.csv; GoldenTest compares ours with them.
# Each line is a name and its numbers. Convergence is driven to the end, so that 8 digits and more are the minimizer's.
suppressPackageStartupMessages({library(survival); library(MASS); library(nnet); library(glmnet)})
folder <- commandArgs(trailingOnly = TRUE)[1]
d <- read.csv(file.path(folder, "table.csv"))
x <- as.matrix(d[, c("x1", "x2", "x3", "x4")])
show <- function(name, ...) cat(name, sprintf("%.12g", c(...)), sep = ",", fill = 10000)
exact <- glm.control(epsilon = 1e-15, maxit = 100)

# poisson: intercept, coefficients
show("poisson", coef(glm(count ~ x, poisson, d, control = exact)))
show("poisson-offset", coef(glm(count ~ x + offset(log(exposure)), poisson, d, control = exact)))
show("poisson-weighted", coef(glm(count ~ x + offset(log(exposure)), poisson, d, weights = weight, control = exact)))
# gaussian and binomial, weighted; responses between 0 and 1 are binomial too
show("gaussian-weighted", coef(glm(time ~ x, gaussian, d, weights = weight, control = exact)))
show("binomial-weighted", coef(glm(event ~ x, quasibinomial, d, weights = weight, control = exact)))
# negative binomial, of a column that is overdispersed: intercept, coefficients, theta
negative <- function(name, formula, w = rep(1, nrow(d))) {
    fit <- do.call(glm.nb, list(formula, d, weights = w, control = glm.control(epsilon = 1e-14, maxit = 500)))
    show(name, coef(fit), fit$theta)
}
negative("negative-binomial", time ~ x)
negative("negative-binomial-offset", time ~ x + offset(log(exposure)))
negative("negative-binomial-weighted", time ~ x, d$weight)
glmnet.control(fdev = 0, devmax = 1)
for (alpha in c(1, 0.5)) {
    fit <- glmnet(x, d$count, "poisson", lambda = c(0.5, 0.2, 0.05), alpha = alpha, offset = log(d$exposure), standardize = FALSE, thresh = 1e-20, maxit = 1e7)
    for (k in 1:3) show(paste0("poisson-glmnet-", alpha, "-", fit$lambda[k]), fit$a0[k], as.matrix(fit$beta)[, k])
}

# multinomial: an intercept and coefficients of one class after the other, each number's mean over classes subtracted
symmetric <- function(b) show_rows(sweep(b, 2, colMeans(b)))
show_rows <- function(b) c(t(b))
for (weighted in c(FALSE, TRUE)) {
    fit <- multinom(class ~ x, d, weights = if (weighted) weight else rep(1, nrow(d)), trace = FALSE, reltol = 1e-16, abstol = 1e-30, maxit = 10000)
    # optim's BFGS ends early: Newton's method ends what it began
    w <- if (weighted) d$weight else rep(1, nrow(d))
    z <- cbind(1, x)
    b <- rbind(0, coef(fit))
    for (step in 1:20) {
        p <- exp(z %*% t(b)); p <- p / rowSums(p)
        g <- c(); h <- matrix(0, 10, 10)
        for (k in 2:3) {
            g <- c(g, crossprod(z, w * ((d$class == k - 1) - p[, k])))
            for (l in 2:3) h[5 * (k - 2) + 1:5, 5 * (l - 2) + 1:5] <- crossprod(z, w * p[, k] * ((k == l) - p[, l]) * z)
        }
        move <- matrix(solve(h, g), 2, 5, byrow = TRUE)
        b[2:3, ] <- b[2:3, ] + move
    }
    stopifnot(max(abs(move)) < 1e-12, max(abs(b[2:3, ] - coef(fit))) < 1e-3)
    show(if (weighted) "multinomial-weighted" else "multinomial", symmetric(b))
}
classes <- function(fit, k) do.call(rbind, lapply(1:3, function(c) c(fit$a0[c, k], as.matrix(fit$beta[[c]])[, k])))
for (alpha in c(0, 1, 0.5)) {
    fit <- glmnet(x, factor(d$class), "multinomial", lambda = c(0.1, 0.05, 0.01), alpha = alpha, standardize = FALSE, thresh = 1e-20, maxit = 1e7, weights = d$weight)
    for (k in 1:3) {
        b <- classes(fit, k)
        b[, 1] <- b[, 1] - mean(b[, 1])
        show(paste0("multinomial-glmnet-", alpha, "-", fit$lambda[k]), show_rows(b))
    }
}

# cumulative logit: thresholds, coefficients. polr ends early; Newton's method on its own gradient ends what it began.
polish <- function(value, start) {
    slope <- function(b) sapply(seq_along(b), function(j) {
        h <- 1e-3 * (abs(b[j]) + 1); at <- function(s) { c <- b; c[j] <- c[j] + s * h; value(c) }
        (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * h)
    })
    bend <- optimHess(start, value)
    for (step in 1:60) start <- start - solve(bend, slope(start))
    start
}
for (weighted in c(FALSE, TRUE)) {
    w <- if (weighted) d$weight else rep(1, nrow(d))
    fit <- polr(factor(grade) ~ x, d, weights = w, control = list(reltol = 1e-16, maxit = 10000))
    loss <- function(b) {
        theta <- c(-Inf, b[1:3], Inf); eta <- drop(x %*% b[4:7])
        -sum(w * log(plogis(theta[d$grade + 2] - eta) - plogis(theta[d$grade + 1] - eta)))
    }
    b <- polish(loss, c(fit$zeta, coef(fit)))
    stopifnot(max(abs(b - c(fit$zeta, coef(fit)))) < 1e-3)
    show(if (weighted) "cumulative-weighted" else "cumulative", b)
}

# cox: coefficients, and the cumulative baseline hazard for eta = x' b at times 2, 8 and 15
control <- coxph.control(eps = 1e-15, toler.chol = 1e-16, iter.max = 100)
cox <- function(name, formula, w = rep(1, nrow(d)), ties) {
    fit <- do.call(coxph, list(formula, d, weights = w, ties = ties, control = control))
    show(paste0("cox-", name, "-", ties), coef(fit))
}
for (ties in c("efron", "breslow")) {
    cox("plain", Surv(time, event) ~ x, ties = ties)
    cox("weighted", Surv(time, event) ~ x, d$weight, ties)
    cox("entry", Surv(entry, time, event) ~ x, ties = ties)
    cox("strata", Surv(time, event) ~ x + strata(stratum), ties = ties)
    cox("all", Surv(entry, time, event) ~ x + strata(stratum), d$weight, ties)
}
fit <- coxph(Surv(time, event) ~ x, d, ties = "breslow", control = control)
hazard <- basehaz(fit, centered = FALSE)
show("cox-hazard", stepfun(hazard$time, c(0, hazard$hazard))(c(2, 8, 15)))
aalen <- survfit(Surv(entry, time, event) ~ stratum, d, weights = weight, stype = 2, ctype = 1)
show("cox-aalen", sapply(0:2, function(s) summary(aalen[s + 1], times = c(2, 8, 15))$cumhaz))
for (weighted in c(FALSE, TRUE)) for (alpha in c(1, 0.5)) {
    fit <- glmnet(x, Surv(d$time, d$event), "cox", lambda = c(0.2, 0.1, 0.02), alpha = alpha, standardize = FALSE, thresh = 1e-20, maxit = 1e7,
        weights = if (weighted) d$weight else NULL)
    for (k in 1:3) show(paste0("cox-glmnet-", if (weighted) "weighted-" else "", alpha, "-", fit$lambda[k]), as.matrix(fit$beta)[, k])
}

# grouped hazards: log hazards of stratum after stratum and interval after interval, coefficients: a binary line for each row and interval
ends <- c(3, 6, 10)
lines <- do.call(rbind, lapply(seq_len(nrow(d)), function(i) {
    last <- if (d$event[i] == 1) min(3, sum(ends < d$time[i]) + 1) else sum(ends <= d$time[i])
    if (last == 0) NULL else data.frame(i = i, k = seq_len(last), y = as.numeric(seq_len(last) == sum(ends < d$time[i]) + 1 & d$event[i] == 1))
}))
cell <- factor(paste(d$stratum[lines$i], lines$k))
for (weighted in c(FALSE, TRUE)) {
    lines$w <- if (weighted) d$weight[lines$i] else 1
    fit <- suppressWarnings(glm(lines$y ~ 0 + cell + x[lines$i, ], binomial("cloglog"), weights = lines$w, control = exact))
    show(if (weighted) "grouped-weighted" else "grouped", coef(fit))
}

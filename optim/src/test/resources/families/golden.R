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
glmnet.control(fdev = 0, devmax = 1)
for (alpha in c(1, 0.5)) {
    fit <- glmnet(x, d$count, "poisson", lambda = c(0.5, 0.2, 0.05), alpha = alpha, offset = log(d$exposure), standardize = FALSE, thresh = 1e-20, maxit = 1e7)
    for (k in 1:3) show(paste0("poisson-glmnet-", alpha, "-", fit$lambda[k]), fit$a0[k], as.matrix(fit$beta)[, k])
}

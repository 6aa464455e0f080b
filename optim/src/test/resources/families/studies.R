# The coefficients that R's packages give on real studies: Rscript studies.R HEART DATA > studies.csv; StudiesTest compares ours with them.
# HEART is examples/heart-disease, DATA one that holds lung/lung.csv and pbc/pbc.csv, which are not shipped.
suppressPackageStartupMessages({library(survival); library(MASS); library(nnet); library(glmnet)})
folders <- commandArgs(trailingOnly = TRUE)
show <- function(name, ...) cat(name, sprintf("%.12g", c(...)), sep = ",", fill = 10000)
control <- coxph.control(eps = 1e-15, toler.chol = 1e-16, iter.max = 100)

heart <- read.csv(file.path(folders[1], "cleveland.csv"))
x <- cbind(heart$age / 10, heart$sex, heart$thalach / 10, heart$exang, heart$oldpeak)
num <- heart$num
loss <- function(b) {
    theta <- c(-Inf, b[1:4], Inf); eta <- drop(x %*% b[5:9])
    -sum(log(plogis(theta[num + 2] - eta) - plogis(theta[num + 1] - eta)))
}
slope <- function(b) sapply(seq_along(b), function(j) {
    h <- 1e-3 * (abs(b[j]) + 1); at <- function(s) { c <- b; c[j] <- c[j] + s * h; loss(c) }
    (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * h)
})
fit <- polr(factor(num) ~ x, control = list(reltol = 1e-16, maxit = 10000))
b <- c(fit$zeta, coef(fit))
bend <- optimHess(b, loss)
for (step in 1:60) b <- b - solve(bend, slope(b))
stopifnot(max(abs(b - c(fit$zeta, coef(fit)))) < 1e-2)
show("heart-ordered", b)
fit <- glmnet(x, factor(num), "multinomial", lambda = c(0.1, 0.02), alpha = 0, standardize = FALSE, thresh = 1e-22, maxit = 1e7)
a <- fit$a0[, 2]
show("heart-classes", a - mean(a), t(sapply(fit$beta, function(m) as.matrix(m)[, 2])))

lung <- na.omit(read.csv(file.path(folders[2], "lung", "lung.csv"))[, c("inst", "time", "status", "age", "sex", "ph.ecog")])
for (ties in c("efron", "breslow")) {
    show(paste0("lung-", ties), coef(coxph(Surv(time, status == 2) ~ age + sex + ph.ecog, lung, ties = ties, control = control)))
}
show("lung-strata", coef(coxph(Surv(time, status == 2) ~ age + sex + ph.ecog + strata(inst), lung, control = control)))
pbc <- subset(read.csv(file.path(folders[2], "pbc", "pbc.csv")), trial == "trial")
z <- cbind(pbc$age / 10, pbc$edema, log(pbc$bili), pbc$albumin, pbc$protime)
show("pbc", coef(coxph(Surv(pbc$time, pbc$status == 2) ~ z, control = control)))

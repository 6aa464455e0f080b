# Runs as  Rscript tests.R  in this folder, with the program named by INTARSIA or on the PATH. Needs base R; one part needs mice.

if (!nzchar(Sys.which(if (nzchar(Sys.getenv("INTARSIA"))) Sys.getenv("INTARSIA") else "intarsia"))) {
  cat("skipped: the program is not found\n")
  quit()
}
if (dir.exists("../R")) {
  for (file in list.files("../R", full.names = TRUE)) source(file)
} else {
  attach(asNamespace("intarsia"))
}

passed <- 0
check <- function(what, true) {
  if (!isTRUE(true)) stop("fails: ", what, call. = FALSE)
  passed <<- passed + 1
}
message_of <- function(expression) tryCatch({ expression; "" }, error = conditionMessage)

# JSON
check("JSON", identical(read_json("{\"a\":[1,-2.5e-3,null,true],\"b\":{},\"c\":\"x\\n\\u00e9\\ud83d\\ude00\\\\\\\"\",\"d\":null}"),
  list(a = list(1, -2.5e-3, NULL, TRUE), b = list(), c = "x\n\u00e9\U0001F600\\\"", d = NULL)))
for (bad in c("{", "[1,", "{\"a\" 1}", "[1] 2", "nothing", "")) check(paste("bad JSON", bad), nzchar(message_of(read_json(bad))))

# a small study: two clinics, one without a lab value
clinics <- function(rows, seed) {
  set.seed(seed)
  one <- function(lab) {
    frame <- data.frame(age = round(runif(rows, 30, 80)), sex = runif(rows) < 0.5, stage = sample(c("I", "II \"b\", ext"), rows, TRUE),
                        crp = round(runif(rows, 1, 9), 3))
    frame$pressure <- 100 + frame$age / 2 + 5 * frame$sex + 2 * frame$crp + rnorm(rows)
    if (lab) frame else frame[names(frame) != "crp"]
  }
  list(north = one(TRUE), "south, \u00fc" = one(FALSE))
}
study <- clinics(40, 1)
study[[2]]$age[3] <- NA

fit <- intarsia_fit(study, "pressure", model = "regression", repeats = 2)
lacking <- study$north[setdiff(names(study$north), "age")]
check("a column of a source is lacking", grepl("lack column 'age' of source 'everywhere'", message_of(predict(fit, list(north = lacking)))))
words <- study$north
words$age[2] <- "old"
check("a word for a number", message_of(predict(fit, list(north = words))) == "column 'age': row 2: 'old' is not a number")
share <- study$north
share$sex <- as.numeric(share$sex)
share$sex[4] <- 0.7
check("a share for yes or no", message_of(predict(fit, list(north = share))) == "column 'sex': row 4: '0.7' is not 0 or 1")
factors <- study$north
factors$age <- factor(factors$age)
check("numbers as a factor", identical(predict(fit, list(north = factors)), predict(fit, study["north"])))
check("sources", identical(fit$sources, list(everywhere = c("age", "sex", "stage"), "block 1" = "crp")))
check("scores", identical(sort(unique(fit$scores$task)), sort(names(study))) && all(fit$scores$mean[fit$scores$metric == "r2"] > 0.3))
predicted <- predict(fit, study, interval = 0.8)
check("predictions", nrow(predicted) == 80 && all(is.finite(predicted$prediction)) && all(predicted$low < predicted$high))
check("tasks", identical(predicted$task, rep(names(study), each = 40)))

# one data frame with its rows mixed gives the same
mixed <- rbind(cbind(site = names(study)[1], study[[1]]), cbind(site = names(study)[2], study[[2]], crp = NA)[c("site", names(study[[1]]))])
shuffle <- sample(nrow(mixed))
other <- intarsia_fit(mixed[shuffle, ], "pressure", task = "site", model = "regression", repeats = 2)
again <- predict(other, mixed[shuffle, ])
check("order of rows", isTRUE(all.equal(again$prediction, predicted$prediction[shuffle], tolerance = 1e-12)))
check("seed", identical(predict(other, mixed[shuffle, ])$prediction, again$prediction))

# imputation
whole <- impute(fit)
check("completed", identical(names(whole), names(study)) && !anyNA(whole[[1]]) && !anyNA(whole[[2]][c("age", "crp")]))
check("measured values stay", identical(whole[[1]]$crp, study[[1]]$crp) && identical(whole[[2]]$sex, study[[2]]$sex)
  && identical(as.character(whole[[1]]$stage), study[[1]]$stage) && identical(whole[[1]]$pressure, study[[1]]$pressure))
back <- impute(other)
check("completed, in order", identical(dim(back), dim(mixed)) && identical(back$pressure, mixed$pressure[shuffle]))

drawn <- impute(fit, draws = 5)
check("long form", identical(as.integer(table(drawn$.imp)), rep(80L, 6)) && anyNA(drawn[drawn$.imp == 0, ])
  && !anyNA(drawn[drawn$.imp > 0, ]))
check("drawn", all(drawn$crp[drawn$.imp == 1 & drawn$.id > 40] != drawn$crp[drawn$.imp == 2 & drawn$.id > 40]))
if (requireNamespace("mice", quietly = TRUE)) {
  mids <- mice::as.mids(drawn)
  fits <- with(mids, stats::lm(pressure ~ task + age + sex + stage + crp))
  pooled <- summary(mice::pool(fits))
  ours <- intarsia_pool(fit, draws = 5)
  both <- merge(data.frame(name = c("age", "crp"), mice = pooled$estimate[match(c("age", "crp"), pooled$term)],
                           error = pooled$std.error[match(c("age", "crp"), pooled$term)],
                           df = pooled$df[match(c("age", "crp"), pooled$term)]),
                ours, by.x = "name", by.y = "coefficient")
  check("mice pools to our coefficients", isTRUE(all.equal(both$mice, both$estimate, tolerance = 1e-8))
    && isTRUE(all.equal(both$error, both$`standard error`, tolerance = 1e-8)) && isTRUE(all.equal(both$df.x, both$df.y, tolerance = 1e-6)))
} else {
  cat("skipped: mice is not installed\n")
}

# levels
set.seed(2)
labels <- data.frame(x = rnorm(60))
labels$y <- factor(ifelse(labels$x + rnorm(60) / 3 > 0, "well", "ill"), c("well", "ill"))
two <- intarsia_fit(labels, "y", model = "regression", repeats = 2)
probability <- predict(two, data.frame(x = c(-2, 2)))$probability
check("two levels: the probability of the second", probability[1] > 0.8 && probability[2] < 0.2)
labels$y <- cut(labels$x, c(-Inf, -0.5, 0.5, Inf), c("low", "mid", "high"))
three <- intarsia_fit(labels, "y", model = "regression", repeats = 2)
check("three levels", identical(as.character(predict(three, data.frame(x = c(-2, 0, 2)))$`predicted level`), c("low", "mid", "high")))

# weights: what weighs nothing teaches nothing of the response; a formula names the predictors
half <- lapply(study, function(frame) {
  frame$w <- rep(c(1, 0), each = 20)
  frame$pressure[21:40] <- frame$pressure[21:40] + 1000
  frame
})
weighted <- intarsia_fit(half, pressure ~ age + sex + crp, weights = "w", model = "regression", repeats = 2)
check("formula", identical(weighted$sources, list(everywhere = c("age", "sex"), "block 1" = "crp")))
check("weights", max(abs(predict(weighted, study)$prediction - unlist(lapply(study, `[[`, "pressure")))) < 60)

# a known part, by a term of the formula, and groups
shifted <- lapply(study, function(frame) {
  frame$known <- 30 * seq_len(40)
  frame$pressure <- frame$pressure + frame$known
  frame$patient <- rep(1:20, each = 2)
  frame
})
offset <- intarsia_fit(shifted, pressure ~ age + sex + stage + crp + offset(known), model = "regression", repeats = 2)
check("offset", isTRUE(all.equal(predict(offset, study)$prediction, predicted$prediction, tolerance = 1e-9)))
grouped <- intarsia_fit(shifted, "pressure", group = "patient", model = "regression", repeats = 2)
held <- read.csv(file.path(grouped$folder, "run/held-out.csv"))
held <- held[held$method == "regression", ]
check("groups", all(table(held$split, held$task, (held$row + 1) %/% 2) %in% c(0, 2)) && nrow(held) > 10)
check("no predictor", !any(c("patient", "known") %in% names(offset$kinds)) && !"patient" %in% names(grouped$kinds))

# counts, by exposure
set.seed(4)
counts <- data.frame(x = rnorm(100), years = runif(100, 1, 5))
counts$falls <- rpois(100, exp(0.5 + 0.6 * counts$x) * counts$years)
rates <- intarsia_fit(counts, "falls", kind = "count", exposure = "years", model = "regression", repeats = 2)
check("rates", max(abs(log(predict(rates, counts)$rate) - 0.5 - 0.6 * counts$x)) < 0.6)

# survival, by names and by a formula
set.seed(5)
patients <- lapply(c(north = 80, south = 60), function(rows) {
  frame <- data.frame(x = rnorm(rows), z = rnorm(rows))
  died <- rexp(rows, exp(frame$x) / 10)
  ends <- runif(rows, 2, 20)
  cbind(frame, days = pmin(died, ends), died = died <= ends, from = 0)
})
lived <- intarsia_fit(patients, c(time = "days", event = "died", entry = "from"), times = c(2, 5, 10), model = "regression", repeats = 2)
survival <- predict(lived, patients, interval = 0.8)
check("survival", all(survival$`survival at 2` >= survival$`survival at 10`)
  && cor(survival$risk, unlist(lapply(patients, `[[`, "x"))) > 0.7)
formula <- intarsia_fit(patients, Surv(days, died) ~ x + z, times = c(2, 5, 10), model = "regression", repeats = 2)
check("Surv", isTRUE(all.equal(predict(formula, patients)$risk, survival$risk, tolerance = 1e-12)))
check("completed survival", identical(impute(lived)$south[c("days", "died")], patients$south[c("days", "died")]))

# what predictions are made of
parts <- explain(fit, study, by = "column")
columns <- startsWith(names(parts), "column ")
check("parts add up", isTRUE(all.equal(parts$baseline + rowSums(parts[columns]), predict(fit, study)$prediction, tolerance = 1e-9)))
check("parts in order", isTRUE(all.equal(explain(other, mixed[shuffle, ])$linear, again$prediction, tolerance = 1e-9)))

# Rubin's rules, by base R, over the drawn tables
estimates <- sapply(1:5, function(k) {
  of <- summary(stats::lm(pressure ~ task + age + sex + stage + crp, data = drawn[drawn$.imp == k, ]))$coefficients
  c(of["crp", "Estimate"], of["crp", "Std. Error"]^2)
})
rubin <- c(mean(estimates[1, ]), sqrt(mean(estimates[2, ]) + (1 + 1 / 5) * var(estimates[1, ])))
ours <- intarsia_pool(fit, draws = 5)
ours <- ours[ours$coefficient == "crp", ]
check("Rubin's rules", isTRUE(all.equal(rubin, c(ours$estimate, ours$`standard error`), tolerance = 1e-8)))

# errors are the program's line, or ours
check("unknown model", grepl("^--model nosuch: there are ", message_of(intarsia_fit(study, "pressure", model = "nosuch"))))
check("no response", grepl("task 'north' has no column 'z'", message_of(intarsia_fit(study, "z")), fixed = TRUE))
check("unknown level", grepl("'III' is no level of it", message_of(predict(fit, list(north = transform(study$north, stage = "III")))),
  fixed = TRUE))
check("unknown task", grepl("nowhere", message_of(predict(fit, list(nowhere = study$north)))))
check("no program", grepl("is not found", message_of(intarsia_fit(study, "pressure", program = "no-such-program"))))

check("a task and a row, no file", readable("/tmp/a b/study/task-2.csv:3:5: response 'y': 'x'", "/tmp/a b",
  c(north = "task-1.csv", south = "task-2.csv")) == "task 'south', row 2: response 'y': 'x'")
check("an option", grepl("^study.toml:[0-9]+:[0-9]+: .*no_such_key", message_of(intarsia_fit(study, "pressure", model = "gp",
  options = list(no_such_key = 1)))))
negative <- study
negative$north$w <- negative[[2]]$w <- c(-1, rep(1, 39))
check("negative weight", message_of(intarsia_fit(negative, "pressure", weights = "w"))
  == "task 'north': row 1: weight 'w' is -1; it must be 0 or more")
check("no weight", grepl("there is no column 'v' (weight)", message_of(intarsia_fit(study, "pressure", weights = "v")), fixed = TRUE))
check("exposure of a mean", grepl("exposure is of counts", message_of(intarsia_fit(study, "pressure", exposure = "age"))))
check("interaction", grepl("name columns only", message_of(intarsia_fit(study, pressure ~ age * sex))))
check("no such predictor", message_of(intarsia_fit(study, pressure ~ agee)) == "no task has column 'agee'")

# the README's example, with a model that is fitted in a moment, up to the draws
if (file.exists("../README.md")) {
  lines <- readLines("../README.md")
  second <- which(lines == "```r")[2]
  lines <- c(lines[(which(lines == "```r")[1] + 1):(grep("^drawn <-", lines) - 1)],
             lines[(second + 1):(second + which(lines[-seq_len(second)] == "```")[1] - 1)])
  lines <- sub("response = \"disease\"", "response = \"disease\", model = \"regression\", repeats = 1", lines, fixed = TRUE)
  lines <- sub("Surv(months, relapse) ~ .,", "Surv(months, relapse) ~ ., model = \"regression\", repeats = 1,", lines, fixed = TRUE)
  home <- setwd("../..")
  eval(parse(text = lines[lines != "library(intarsia)"]))
  setwd(home)
  check("README", identical(names(whole), hospitals) && !anyNA(whole$va) && identical(relapse$answer$keys$times, c(12, 24, 36)))
}

cat(passed, "checks passed\n")

# R's packages on a split of bench/panel: panel.R METHOD KIND TABLE COLUMNS SPLIT PREDICTIONS; panel.R check METHOD.
# Methods: glmnet, mice-glmnet, ranger.
arguments <- commandArgs(trailingOnly = TRUE)
check <- arguments[1] == "check"
method <- arguments[if (check) 2 else 1]
needed <- strsplit(method, "-")[[1]]
for (name in needed) {
  if (!requireNamespace(name, quietly = TRUE)) {
    message("no R package ", name, " (Debian: r-cran-", name, ")")
    quit(status = 1)
  }
}
if (check) {
  cat(paste(needed, sapply(needed, function(name) as.character(packageVersion(name))), collapse = ", "), "\n")
  quit(status = 0)
}
binary <- arguments[2] == "binary"
table <- read.csv(arguments[3], colClasses = "character", check.names = FALSE)
columns <- read.csv(arguments[4], colClasses = "character")
part <- read.csv(arguments[5], colClasses = "character")$part
learned <- part != "test"
y <- as.numeric(table$response)
shift <- rep(0, length(y))
scale <- rep(1, length(y))
if (!binary) {
  # As our models do, and as the loss weighs tasks: standardized within each task.
  for (task in unique(table$task)) {
    of <- table$task == task
    shift[of] <- mean(y[of & learned])
    spread <- sqrt(mean((y[of & learned] - mean(y[of & learned]))^2))
    scale[of] <- if (spread > 0) spread else 1
  }
  y <- (y - shift) / scale
}
data <- data.frame(task = factor(table$task))
for (i in seq_len(nrow(columns))) {
  cells <- suppressWarnings(as.numeric(table[[columns$column[i]]]))
  data[[paste0("x", i)]] <- if (columns$kind[i] == "continuous") cells else factor(cells)
}
if (nlevels(data$task) == 1) data$task <- NULL
varies <- sapply(data, function(column) length(unique(na.omit(column[learned]))) > 1)
data <- data[, varies, drop = FALSE]

# A missing cell becomes its column's mean or most frequent level among the rows learned from; a 0/1 column says that it was missing.
filled <- function(data) {
  for (name in names(data)) {
    missing <- is.na(data[[name]])
    if (any(missing)) {
      seen <- data[[name]][learned & !missing]
      data[[name]][missing] <- if (is.factor(seen)) names(which.max(table(seen))) else mean(seen)
      if (length(unique(missing[learned])) > 1) data[[paste0(name, "missing")]] <- as.numeric(missing)
    }
  }
  data
}

lasso <- function(data) {
  x <- model.matrix(~ ., data)[, -1, drop = FALSE]
  if (ncol(x) == 1) x <- cbind(x, 0)
  folds <- sample(rep_len(1:10, sum(learned)))
  fitted <- glmnet::cv.glmnet(x[learned, ], y[learned], family = if (binary) "binomial" else "gaussian", foldid = folds)
  as.numeric(predict(fitted, x[!learned, ], s = "lambda.min", type = "response"))
}

set.seed(1)
start <- as.numeric(Sys.time())
if (method == "glmnet") {
  predicted <- lasso(filled(data))
} else if (method == "ranger") {
  data <- filled(data)
  learn <- data.frame(data, y = if (binary) factor(y, levels = c(0, 1)) else y)[learned, ]
  fitted <- ranger::ranger(y ~ ., learn, probability = binary, num.threads = 1, seed = 1, respect.unordered.factors = "order")
  predicted <- predict(fitted, data[!learned, , drop = FALSE], num.threads = 1)$predictions
  if (binary) predicted <- predicted[, "1"]
} else {
  if (!anyNA(data)) {
    message("no cell is missing: the same as glmnet")
    quit(status = 1)
  }
  imputed <- mice::mice(data, m = 5, maxit = 5, ignore = !learned, printFlag = FALSE, seed = 1)
  predicted <- rowMeans(sapply(1:5, function(i) lasso(filled(mice::complete(imputed, i)))))
}
seconds <- as.numeric(Sys.time()) - start
predicted <- predicted * scale[!learned] + shift[!learned]
write.csv(data.frame(row = which(!learned) - 1, prediction = predicted), arguments[6], row.names = FALSE)
cat(sprintf("seconds %.3f\n", seconds))

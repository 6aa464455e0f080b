# Fit, predict, impute, pool.

intarsia_fit <- function(data, response, weights = NULL, offset = NULL, exposure = NULL, group = NULL, sources = NULL, task = NULL,
                         kind = NULL, times = NULL, reading = NULL, model = "auto", repeats = NULL, options = list(), time_limit = NULL,
                         seed = 1, threads = NULL, folder = NULL, program = NULL) {
  frames <- by_task(data, task)
  asked <- if (inherits(response, "formula")) read_formula(response, unique(unlist(lapply(frames, names)))) else {
    list(response = response, columns = NULL, offset = NULL)
  }
  if (!is.null(asked$offset)) offset <- asked$offset
  answer <- response_of(frames, asked$response, kind)
  if (answer$kind == "survival") {
    if (!is.null(times)) answer$keys$times <- as.double(times)
    if (!is.null(reading)) answer$keys$reading <- reading
  } else if (!is.null(times) || !is.null(reading)) {
    stop("times and reading are of survival: give the response as c(time = , event = ) or Surv(time, event) ~ .", call. = FALSE)
  }
  known <- c(weight = weights, offset = offset, exposure = exposure, group = group)
  check_known(frames, answer, known)
  taken <- c(answer$columns, known)
  columns <- if (is.null(asked$columns)) setdiff(unique(unlist(lapply(frames, names))), taken) else setdiff(asked$columns, taken)
  if (is.null(sources)) sources <- blocks_of(frames, columns)
  for (name in unlist(sources)) {
    if (!name %in% columns) stop("sources: no task has column '", name, "'", call. = FALSE)
  }
  used <- unname(unlist(sources))
  kinds <- stats::setNames(lapply(used, function(name) kind_of(Filter(Negate(is.null), lapply(frames, `[[`, name)))), used)
  home <- if (is.null(folder)) tempfile("intarsia-") else folder
  if (file.exists(home)) stop(home, ": is there already; give another folder", call. = FALSE)
  files <- write_study(file.path(home, "study"), frames, answer, known, sources, kinds, options)
  done <- call_program(program, "fit", file.path(home, "study"), "--out", file.path(home, "run"), "--model", model, "--quiet",
    "--seed", as_option(seed), if (!is.null(repeats)) c("--repeats", as_option(repeats)),
    if (!is.null(time_limit)) c("--time-limit", time_limit),
    if (!is.null(threads)) c("--threads", as_option(threads)), home = home, files = files)
  structure(list(model = done$result$model, scores = as_frame(done$result$scores)[-1], notes = unlist(done$notes),
    sources = sources, folder = home, seed = seed, program = program, task = task, response = unname(answer$columns), kinds = kinds,
    answer = answer, files = files, frames = frames, single = is.data.frame(data),
    order = if (is.data.frame(data)) row_order(data, task)), class = "intarsia")
}

as_option <- function(number) format(number, scientific = FALSE, trim = TRUE)

# Where the rows of one data frame are once they lie task by task.
row_order <- function(data, task) {
  if (is.null(task)) seq_len(nrow(data)) else {
    names <- as.character(data[[task]])
    order(unlist(lapply(unique(names), function(name) which(names == name))))
  }
}

print.intarsia <- function(x, ...) {
  cat("a model of kind", x$model, "of the tasks", paste(names(x$frames), collapse = ", "), "\n")
  cat(paste0("note: ", x$notes, recycle0 = TRUE), sep = "\n")
  cat("\nheld-out rows, mean over splits\n")
  print(x$scores, row.names = FALSE, digits = 4)
  invisible(x)
}

predict.intarsia <- function(object, newdata, interval = NULL, ...) {
  predicted <- asked_rows(object, newdata, "predict", if (!is.null(interval)) c("--interval", format(interval, digits = 15)),
                          if (object$answer$kind == "ordered") c("low", "high"))
  if ("predicted level" %in% names(predicted)) predicted$`predicted level` <- factor(predicted$`predicted level`, object$answer$levels)
  if (object$answer$kind == "survival") {
    survived <- as.matrix(predicted[startsWith(names(predicted), "survival at ")])
    predicted$risk <- -rowSums(log(pmax(survived, .Machine$double.xmin)))
  }
  predicted
}

explain <- function(object, ...) UseMethod("explain")

explain.intarsia <- function(object, newdata, by = c("source", "column"), ...) {
  asked_rows(object, newdata, "explain", c("--by", match.arg(by)), "part of")
}

# The table that a command answers about new rows, in their order; all columns but some are numbers.
asked_rows <- function(object, newdata, command, options, texts) {
  single <- is.data.frame(newdata)
  frames <- by_task(newdata, if (single) object$task)
  if (single && is.null(object$task) && length(object$frames) == 1) names(frames) <- names(object$frames)
  for (name in names(frames)) {
    own <- object$frames[[name]]
    check_sources(frames[[name]], object$sources, if (!is.null(own)) setdiff(unlist(object$sources), names(own)))
  }
  cells <- lapply(frames, frame_cells, object$kinds)
  column <- unused("task", names(object$kinds))
  whole <- stats::setNames(lapply(names(object$kinds), function(name) unlist(lapply(cells, `[[`, name), use.names = FALSE)),
                           names(object$kinds))
  whole[[column]] <- rep(names(frames), vapply(frames, nrow, 0L))
  home <- tempfile("intarsia-")
  dir.create(home)
  on.exit(unlink(home, recursive = TRUE))
  rows <- file.path(home, "rows.csv")
  write_table(whole, rows)
  # a table in a file keeps texts as they are; that of explain is in a folder
  out <- file.path(home, if (command == "explain") "out" else "out.csv")
  call_program(object$program, command, file.path(object$folder, "run"), rows, "--out", out, options, home = home)
  table <- read_texts(if (command == "explain") file.path(out, "explanations.csv") else out)
  each <- nrow(table) / sum(vapply(frames, nrow, 0L))
  table <- table[-1]
  texts <- c("task", "predicted level", "set", "note", texts)
  for (name in setdiff(names(table), texts)) table[[name]] <- as.numeric(table[[name]])
  if (single) table <- table[rep((row_order(newdata, object$task) - 1) * each, each = each) + seq_len(each), ]
  rownames(table) <- NULL
  table
}

impute <- function(object, ...) UseMethod("impute")

impute.intarsia <- function(object, draws = 0, seed = object$seed, ...) {
  out <- tempfile("intarsia-")
  on.exit(unlink(out, recursive = TRUE))
  call_program(object$program, "impute", file.path(object$folder, "run"), "--study", file.path(object$folder, "study"),
    "--out", out, "--seed", as_option(seed), if (draws > 0) c("--draws", as_option(draws)))
  if (draws == 0) {
    return(gathered(completed(out, object), object))
  }
  measured <- lapply(object$frames, function(frame) frame[intersect(c(names(object$kinds), object$response), names(frame))])
  incomplete <- long(measured, object, 0)
  rbind(incomplete, do.call(rbind, lapply(seq_len(draws), function(k) {
    long(completed(file.path(out, paste0("draw-", k)), object), object, k)
  })))
}

# The tables of a completed study, as R had them.
completed <- function(folder, object) {
  stats::setNames(lapply(names(object$frames), function(name) {
    cells <- read_texts(file.path(folder, object$files[[name]]))
    columns <- lapply(names(object$kinds), function(column) {
      text <- cells[[column]]
      text[!nzchar(text)] <- NA
      kind <- object$kinds[[column]]
      switch(kind$kind, continuous = as.numeric(text), binary = text %in% c("1", "1.0"), factor(text, kind$levels))
    })
    frame <- stats::setNames(as.data.frame(columns, stringsAsFactors = FALSE), names(object$kinds))
    frame[object$response] <- object$frames[[name]][object$response]
    frame
  }), names(object$frames))
}

gathered <- function(frames, object) {
  if (!object$single) {
    return(frames)
  }
  whole <- long(frames, object, 0)[c(object$task, names(object$kinds), object$response)]
  whole <- whole[object$order, , drop = FALSE]
  rownames(whole) <- NULL
  whole
}

# All tasks in one data frame with .imp and .id, as mice::as.mids reads it.
long <- function(frames, object, imp) {
  label <- if (is.null(object$task)) "task" else object$task
  parts <- lapply(names(frames), function(name) {
    frame <- frames[[name]]
    columns <- lapply(names(object$kinds), function(column) {
      kind <- object$kinds[[column]]
      if (!column %in% names(frame)) frame[[column]] <- rep(NA, nrow(frame))
      switch(kind$kind, continuous = as.numeric(frame[[column]]), binary = as.logical(frame[[column]]),
        factor(as.character(frame[[column]]), kind$levels))
    })
    whole <- stats::setNames(as.data.frame(columns, stringsAsFactors = FALSE), names(object$kinds))
    whole[object$response] <- frame[object$response]
    whole <- cbind(stats::setNames(data.frame(rep(name, nrow(frame)), stringsAsFactors = FALSE), label), whole)
    whole
  })
  whole <- do.call(rbind, parts)
  whole[[label]] <- factor(whole[[label]], names(frames))
  cbind(.imp = imp, .id = seq_len(nrow(whole)), whole)
}

intarsia_pool <- function(object, columns = "all", draws = 20, seed = object$seed) {
  out <- tempfile("intarsia-")
  on.exit(unlink(out, recursive = TRUE))
  done <- call_program(object$program, "impute", file.path(object$folder, "run"), "--study", file.path(object$folder, "study"),
    "--out", out, "--seed", as_option(seed), "--draws", as_option(draws), "--coefficients", paste(columns, collapse = ","))
  as_frame(done$result$coefficients)[-1]
}

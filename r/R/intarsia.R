# Fit, predict, impute, pool.

intarsia_fit <- function(data, response, sources = NULL, task = NULL, kind = NULL, model = "auto", repeats = NULL, options = list(),
                         time_limit = NULL, seed = 1, threads = NULL, folder = NULL, program = NULL) {
  frames <- by_task(data, task)
  for (name in names(frames)) {
    if (!response %in% names(frames[[name]])) stop("task '", name, "' has no column '", response, "'", call. = FALSE)
    if (anyNA(frames[[name]][[response]])) {
      stop("task '", name, "': row ", which(is.na(frames[[name]][[response]]))[1], " has no response; leave it out", call. = FALSE)
    }
  }
  columns <- setdiff(unique(unlist(lapply(frames, names))), response)
  if (is.null(sources)) sources <- blocks_of(frames, columns)
  for (name in unlist(sources)) {
    if (!name %in% columns) stop("sources: no task has column '", name, "'", call. = FALSE)
  }
  used <- unname(unlist(sources))
  kinds <- stats::setNames(lapply(used, function(name) kind_of(Filter(Negate(is.null), lapply(frames, `[[`, name)))), used)
  answer <- response_of(lapply(frames, `[[`, response), kind)
  home <- if (is.null(folder)) tempfile("intarsia-") else folder
  if (file.exists(home)) stop(home, ": is there already; give another folder", call. = FALSE)
  files <- write_study(file.path(home, "study"), frames, response, answer, sources, kinds, options)
  done <- call_program(program, "fit", file.path(home, "study"), "--out", file.path(home, "run"), "--model", model, "--quiet",
    "--seed", as_option(seed), if (!is.null(repeats)) c("--repeats", as_option(repeats)),
    if (!is.null(time_limit)) c("--time-limit", time_limit),
    if (!is.null(threads)) c("--threads", as_option(threads)))
  structure(list(model = done$result$model, scores = as_frame(done$result$scores)[-1], notes = unlist(done$notes),
    sources = sources, folder = home, seed = seed, program = program, task = task, response = response, kinds = kinds, answer = answer,
    files = files, frames = frames, single = is.data.frame(data), order = if (is.data.frame(data)) row_order(data, task)),
    class = "intarsia")
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
  single <- is.data.frame(newdata)
  frames <- by_task(newdata, if (single) object$task)
  if (single && is.null(object$task) && length(object$frames) == 1) names(frames) <- names(object$frames)
  for (name in names(frames)) {
    own <- object$frames[[name]]
    check_sources(frames[[name]], object$sources, if (!is.null(own)) setdiff(unlist(object$sources), names(own)))
  }
  cells <- lapply(frames, frame_cells, object$kinds)
  column <- "task"
  while (column %in% names(object$kinds)) column <- paste0(column, "_")
  whole <- stats::setNames(lapply(names(object$kinds), function(name) unlist(lapply(cells, `[[`, name), use.names = FALSE)),
                           names(object$kinds))
  whole[[column]] <- rep(names(frames), vapply(frames, nrow, 0L))
  rows <- tempfile("intarsia-", fileext = ".csv")
  out <- tempfile("intarsia-", fileext = ".csv")
  on.exit(unlink(c(rows, out)))
  write_table(whole, rows)
  call_program(object$program, "predict", file.path(object$folder, "run"), rows, "--out", out,
    if (!is.null(interval)) c("--interval", format(interval, digits = 15)))
  predicted <- read_texts(out)[-1]
  texts <- c("task", "predicted level", "set", "note")
  ordered <- object$answer$kind == "ordered"
  for (name in setdiff(names(predicted), if (ordered) c(texts, "low", "high") else texts)) {
    predicted[[name]] <- as.numeric(predicted[[name]])
  }
  if ("predicted level" %in% names(predicted)) predicted$`predicted level` <- factor(predicted$`predicted level`, object$answer$levels)
  if (single) predicted <- predicted[row_order(newdata, object$task), ]
  rownames(predicted) <- NULL
  predicted
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
    frame[[object$response]] <- object$frames[[name]][[object$response]]
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
    whole[[object$response]] <- frame[[object$response]]
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

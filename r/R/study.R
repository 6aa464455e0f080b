# Data frames as a study folder, the program's input.

# Rows by task: a list of data frames, or one data frame with a column that names the task.
by_task <- function(data, task = NULL) {
  if (is.data.frame(data)) {
    if (is.null(task)) {
      return(list(all = data))
    }
    if (!task %in% names(data)) stop("the data have no column '", task, "' that names tasks", call. = FALSE)
    if (anyNA(data[[task]])) stop("row ", which(is.na(data[[task]]))[1], " has no task in column '", task, "'", call. = FALSE)
    names <- unique(as.character(data[[task]]))
    return(stats::setNames(lapply(names, function(name) data[as.character(data[[task]]) == name, setdiff(names(data), task), drop = FALSE]),
                           names))
  }
  if (!is.list(data) || is.null(names(data)) || any(!nzchar(names(data))) || !all(vapply(data, is.data.frame, TRUE))) {
    stop("the data must be a data frame, or a list of data frames named by their tasks", call. = FALSE)
  }
  if (anyDuplicated(names(data))) stop("two tasks have one name: ", names(data)[duplicated(names(data))][1], call. = FALSE)
  data
}

# Columns that the same tasks have are measured together.
blocks_of <- function(frames, columns) {
  having <- vapply(columns, function(name) {
    paste(which(vapply(frames, function(frame) name %in% names(frame) && !all(is.na(frame[[name]])), TRUE)), collapse = " ")
  }, "")
  having <- having[nzchar(having)]
  patterns <- unique(having)
  patterns <- patterns[order(-lengths(strsplit(patterns, " ")), patterns)]
  everywhere <- paste(seq_along(frames), collapse = " ")
  blocks <- lapply(patterns, function(pattern) names(having)[having == pattern])
  others <- cumsum(patterns != everywhere)
  stats::setNames(blocks, ifelse(patterns == everywhere, "everywhere", paste("block", others)))
}

# The kind of a column by what all tasks have in it, and its levels.
kind_of <- function(columns) {
  if (all(vapply(columns, is.logical, TRUE)) && any(vapply(columns, function(of) any(!is.na(of)), TRUE))) {
    return(list(kind = "binary", levels = character()))
  }
  if (all(vapply(columns, function(of) is.numeric(of) || is.logical(of), TRUE))) {
    return(list(kind = "continuous", levels = character()))
  }
  found <- unique(unlist(lapply(columns, function(of) if (is.factor(of)) levels(droplevels(of)) else unique(as.character(of[!is.na(of)])))))
  given <- unique(unlist(lapply(columns, function(of) if (is.factor(of)) levels(of))))
  list(kind = "categorical", levels = if (all(found %in% given)) given[given %in% found] else sort(found))
}

# A name that is not taken.
unused <- function(name, taken) {
  while (name %in% taken) name <- paste0(name, "_")
  name
}

# What a formula says: the response's columns, the predictors (NULL for all), an offset. Surv is a word here, no function.
read_formula <- function(formula, known) {
  if (length(formula) != 3) stop("the formula has no response: give  response ~ predictors", call. = FALSE)
  left <- formula[[2]]
  response <- if (is.call(left) && as.character(left[[1]])[length(as.character(left[[1]]))] == "Surv") {
    parts <- vapply(as.list(left)[-1], deparse1, "")
    if (!length(parts) %in% 2:3) stop("Surv takes a time and an event, or an entry, a time and an event", call. = FALSE)
    stats::setNames(parts, if (length(parts) == 2) c("time", "event") else c("entry", "time", "event"))
  } else if (is.name(left)) as.character(left) else {
    stop("the response must be a column or Surv(time, event), not ", deparse1(left), "; make it a column first", call. = FALSE)
  }
  offset <- NULL
  columns <- character()
  read <- function(term) {
    if (is.call(term) && identical(term[[1]], as.name("+")) && length(term) == 3) {
      read(term[[2]])
      read(term[[3]])
    } else if (is.call(term) && identical(term[[1]], as.name("offset")) && length(term) == 2 && is.name(term[[2]])) {
      offset <<- as.character(term[[2]])
    } else if (identical(term, as.name("."))) {
      columns <<- c(columns, known)
    } else if (is.name(term)) {
      columns <<- c(columns, as.character(term))
    } else {
      stop("the formula has ", deparse1(term), "; models find interactions and bends themselves, so name columns only, or make it one",
           call. = FALSE)
    }
  }
  read(formula[[3]])
  lacking <- setdiff(columns, known)
  if (length(lacking)) stop("no task has column '", lacking[1], "'", call. = FALSE)
  list(response = response, columns = unique(columns), offset = offset)
}

# The response: its kind, its columns by their role, its levels, keys of the study file.
response_of <- function(frames, response, kind = NULL) {
  roles <- if (length(response) == 1 && is.null(names(response))) c(column = response) else response
  if (!identical(unname(sort(setdiff(names(roles), "entry"))), c("event", "time")) && !identical(names(roles), "column")) {
    stop("the response must be a column's name, c(time = , event = ), which may have entry = , or a formula", call. = FALSE)
  }
  for (name in names(frames)) {
    for (column in roles) {
      if (!column %in% names(frames[[name]])) stop("task '", name, "' has no column '", column, "'", call. = FALSE)
      if (anyNA(frames[[name]][[column]])) {
        stop("task '", name, "': row ", which(is.na(frames[[name]][[column]]))[1], " has no response in '", column, "'; leave it out",
             call. = FALSE)
      }
    }
  }
  if ("event" %in% names(roles)) {
    return(list(kind = "survival", columns = roles, levels = character(), keys = list()))
  }
  columns <- lapply(frames, `[[`, roles)
  if (all(vapply(columns, function(of) is.numeric(of), TRUE))) {
    return(list(kind = if (is.null(kind)) "continuous" else kind, columns = roles, levels = character(), keys = list()))
  }
  levels <- if (all(vapply(columns, is.logical, TRUE))) c("FALSE", "TRUE") else {
    kind_of(lapply(columns, function(of) if (is.factor(of)) of else as.character(of)))$levels
  }
  if (length(levels) < 2) stop("the response has one level only, ", levels, call. = FALSE)
  found <- if (length(levels) == 2) "binary" else if (all(vapply(columns, is.ordered, TRUE))) "ordered" else "classes"
  list(kind = if (is.null(kind)) found else kind, columns = roles, levels = levels, keys = list())
}

# Weights and the like are columns of every task, complete and in range.
check_known <- function(frames, answer, known) {
  if ("exposure" %in% names(known) && answer$kind != "count") stop("exposure is of counts: give kind = \"count\"", call. = FALSE)
  if ("offset" %in% names(known) && !answer$kind %in% c("continuous", "binary")) {
    stop("offset is of continuous responses and of two levels", if (answer$kind == "count") "; of a count give exposure", call. = FALSE)
  }
  for (name in names(frames)) {
    for (role in names(known)) {
      column <- known[[role]]
      at <- paste0("task '", name, "': ")
      if (!column %in% names(frames[[name]])) stop(at, "there is no column '", column, "' (", role, ")", call. = FALSE)
      values <- frames[[name]][[column]]
      if (anyNA(values)) stop(at, "row ", which(is.na(values))[1], " has no ", role, " in '", column, "'", call. = FALSE)
      numbers <- if (role == "group") rep(1, length(values)) else numbers_of(values, column)
      wrong <- switch(role, weight = numbers < 0, exposure = numbers <= 0, rep(FALSE, length(numbers)))
      if (any(wrong)) {
        stop(at, "row ", which(wrong)[1], ": ", role, " '", column, "' is ", numbers[wrong][1], "; it must be ",
             if (role == "weight") "0 or more" else "above 0", call. = FALSE)
      }
    }
  }
}

# Cells as texts that give the same numbers back.
# The numbers of a column; a text that is none is refused, a factor is read by its levels' names, not by their codes.
numbers_of <- function(column, name) {
  numbers <- suppressWarnings(as.numeric(if (is.factor(column)) as.character(column) else column))
  wrong <- which(is.na(numbers) & !is.na(column))
  if (length(wrong)) stop("column '", name, "': row ", wrong[1], ": '", column[[wrong[1]]], "' is not a number", call. = FALSE)
  if (any(is.infinite(numbers))) stop("column '", name, "' contains infinity", call. = FALSE)
  numbers
}

# A source of new rows is there as a whole or not at all, but for columns that the task never had.
check_sources <- function(frame, sources, never) {
  for (source in names(sources)) {
    wanted <- setdiff(sources[[source]], never)
    lacking <- setdiff(wanted, names(frame))
    if (length(lacking) && length(lacking) < length(wanted)) {
      stop("the new rows lack column '", lacking[1], "' of source '", source, "'; give all columns of a source or none", call. = FALSE)
    }
  }
}

cells_of <- function(column, kind, levels = character(), name = "") {
  text <- switch(kind,
    continuous = {
      formatC(numbers_of(column, name), digits = 17, format = "g", width = 1)
    },
    binary = {
      numbers <- numbers_of(column, name)
      wrong <- which(!is.na(numbers) & numbers != 0 & numbers != 1)
      if (length(wrong)) stop("column '", name, "': row ", wrong[1], ": '", column[[wrong[1]]], "' is not 0 or 1", call. = FALSE)
      as.character(numbers)
    },
    {
      unknown <- setdiff(as.character(column[!is.na(column)]), levels)
      if (length(levels) && length(unknown)) {
        stop("column '", name, "': '", unknown[1], "' is no level of it; there are ", paste(levels, collapse = ", "), call. = FALSE)
      }
      as.character(column)
    })
  text[is.na(column)] <- ""
  text
}

# A text or several as TOML.
toml <- function(values, list = FALSE) {
  quoted <- if (is.character(values)) {
    escaped <- gsub("\"", "\\\"", gsub("\\", "\\\\", values, fixed = TRUE), fixed = TRUE)
    paste0("\"", gsub("\n", "\\n", gsub("\t", "\\t", escaped, fixed = TRUE), fixed = TRUE), "\"")
  } else if (is.logical(values)) {
    tolower(as.character(values))
  } else {
    formatC(values, digits = 17, format = "g", width = 1)
  }
  if (list) paste0("[", paste(quoted, collapse = ", "), "]") else quoted
}

write_table <- function(cells, file) {
  lines <- do.call(paste, c(lapply(cells, function(column) {
    paste0("\"", gsub("\"", "\"\"", column, fixed = TRUE), "\"")
  }), sep = ","))
  header <- paste0("\"", gsub("\"", "\"\"", names(cells), fixed = TRUE), "\"", collapse = ",")
  connection <- file(file, open = "wb")
  on.exit(close(connection))
  writeLines(enc2utf8(c(header, lines)), connection, useBytes = TRUE)
}

# The study's columns of a data frame, as texts; those that it lacks are empty.
frame_cells <- function(frame, kinds) {
  stats::setNames(lapply(names(kinds), function(name) {
    if (name %in% names(frame)) cells_of(frame[[name]], kinds[[name]]$kind, kinds[[name]]$levels, name) else rep("", nrow(frame))
  }), names(kinds))
}

write_study <- function(folder, frames, answer, known, sources, kinds, options) {
  dir.create(folder, recursive = TRUE)
  files <- stats::setNames(paste0("task-", seq_along(frames), ".csv"), names(frames))
  for (name in names(frames)) {
    cells <- frame_cells(frames[[name]], kinds)
    for (column in unique(c(answer$columns, known))) {
      values <- frames[[name]][[column]]
      words <- length(answer$levels) && column == answer$columns[[1]] || column %in% known["group"]
      cells[[column]] <- if (words) as.character(values) else cells_of(values, "continuous", name = column)
    }
    write_table(cells, file.path(folder, files[[name]]))
  }
  special <- Filter(function(of) of$kind != "continuous", kinds)
  inner <- known[!names(known) %in% c("weight", "group")]
  lines <- c(if ("weight" %in% names(known)) paste("weight =", toml(known[["weight"]])),
    "[csv]", "separator = \",\"", "decimal = \".\"", "thousands = \"\"", "comment = \"\"", "usual_missing = false",
    "[response]", paste("kind =", toml(answer$kind)), paste(names(answer$columns), "=", toml(unname(answer$columns))),
    if (length(inner)) paste(names(inner), "=", toml(unname(inner))),
    if (length(answer$levels)) paste("levels =", toml(answer$levels, TRUE)),
    if (length(answer$keys)) paste(names(answer$keys), "=", vapply(names(answer$keys), function(key) {
      toml(answer$keys[[key]], key == "times")
    }, "")),
    if ("group" %in% names(known)) c("[design]", paste("group =", toml(known[["group"]]))),
    "[tasks]", paste(toml(names(frames)), "=", toml(unname(files))),
    "[sources]", paste(toml(names(sources)), "=", vapply(sources, function(of) toml(of, TRUE), "")),
    "[columns]", vapply(names(special), function(name) {
      levels <- special[[name]]$levels
      paste0(toml(name), " = { kind = ", toml(special[[name]]$kind), if (length(levels)) paste(", levels =", toml(levels, TRUE)), " }")
    }, ""),
    if (length(options)) c("[fit]", paste(names(options), "=", vapply(options, function(of) toml(of, length(of) > 1), ""))))
  connection <- file(file.path(folder, "study.toml"), open = "wb")
  on.exit(close(connection))
  writeLines(enc2utf8(lines), connection, useBytes = TRUE)
  files
}

# A CSV file of the program as texts; the mark before a text that a spreadsheet would run is taken off.
read_texts <- function(file) {
  cells <- read.csv(file, colClasses = "character", check.names = FALSE, na.strings = character(), encoding = "UTF-8")
  cells[] <- lapply(cells, function(column) sub("^'(?=[=+@-].)", "", column, perl = TRUE))
  cells
}

# The program: where it is, how it is called, what it answers.

find_program <- function(program = NULL) {
  wanted <- if (!is.null(program)) program else if (nzchar(Sys.getenv("INTARSIA"))) Sys.getenv("INTARSIA") else "intarsia"
  found <- Sys.which(wanted)[[1]]
  if (!nzchar(found)) {
    stop("the program '", wanted, "' is not found; put intarsia on the PATH, or name it by the environment variable INTARSIA or the ",
         "argument program", call. = FALSE)
  }
  found
}

# Runs a command with --json and gives its document; an error is the program's own line, with tasks in the place of their files.
call_program <- function(program, ..., home = "", files = character()) {
  arguments <- c(as.character(unlist(list(...))), "--json")
  out <- tempfile("intarsia-")
  err <- tempfile("intarsia-")
  on.exit(unlink(c(out, err)))
  status <- suppressWarnings(system2(find_program(program), shQuote(arguments), stdout = out, stderr = err, stdin = nullfile()))
  text <- paste(readLines(out, encoding = "UTF-8", warn = FALSE), collapse = "\n")
  document <- tryCatch(read_json(text), error = function(e) NULL)
  if (is.null(document)) {
    said <- readLines(err, encoding = "UTF-8", warn = FALSE)
    stop("intarsia ended with status ", status, " and no document; it said: ", if (length(said)) said[length(said)] else "nothing",
         call. = FALSE)
  }
  if (document$format != 1) {
    stop("intarsia answers in format ", document$format, "; this package reads 1", call. = FALSE)
  }
  if (!is.null(document$error)) {
    stop(readable(document$error$message, home, files), call. = FALSE)
  }
  document
}

# A message in which a place in a file that this package wrote into a folder is a task and a row of the data.
readable <- function(message, home, files) {
  for (folder in paste0(home, c("/study/", "/"))) message <- gsub(folder, "", message, fixed = TRUE)
  pattern <- "(task-[0-9]+|rows)\\.csv(:[0-9]+)?(:[0-9]+)?"
  found <- gregexpr(pattern, message)
  regmatches(message, found) <- list(vapply(regmatches(message, found)[[1]], function(place) {
    parts <- strsplit(place, ":")[[1]]
    task <- names(files)[match(parts[1], files)]
    paste0(if (is.na(task) || !length(task)) "the rows" else paste0("task '", task, "'"),
           if (length(parts) > 1) paste0(", row ", as.integer(parts[2]) - 1L))
  }, "", USE.NAMES = FALSE))
  message
}

# A table of a document as a data frame.
as_frame <- function(table) {
  columns <- unlist(table$columns)
  cells <- lapply(seq_along(columns), function(j) {
    column <- lapply(table$rows, function(row) row[[j]])
    if (any(vapply(column, is.character, TRUE))) {
      vapply(column, function(cell) if (is.null(cell)) NA_character_ else as.character(cell), "")
    } else {
      vapply(column, function(cell) if (is.null(cell)) NA_real_ else as.numeric(cell), 0)
    }
  })
  stats::setNames(data.frame(cells, stringsAsFactors = FALSE), columns)
}

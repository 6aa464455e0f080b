# JSON as the program writes it, read by base R: objects and arrays are lists, null is NULL (kept in its place).

read_json <- function(text) {
  # strings first: what is between them is split at its signs
  pattern <- "\"(?:[^\"\\\\]|\\\\.)*\"|[{}\\[\\],:]|[-+0-9.eE]+|true|false|null"
  tokens <- regmatches(text, gregexpr(pattern, text, perl = TRUE))[[1]]
  at <- 0L
  take <- function() {
    at <<- at + 1L
    if (at > length(tokens)) stop("JSON ends too early")
    tokens[[at]]
  }
  expect <- function(sign) {
    token <- take()
    if (token != sign) stop("JSON: ", token, " instead of ", sign)
  }
  value <- function() {
    token <- take()
    switch(substr(token, 1, 1), "{" = object(), "[" = array(), "\"" = unquoted(token), t = TRUE, f = FALSE, n = NULL, number(token))
  }
  number <- function(token) {
    parsed <- suppressWarnings(as.numeric(token))
    if (is.na(parsed)) stop("JSON: ", token, " is no value")
    parsed
  }
  object <- function() {
    fields <- list()
    if (tokens[[at + 1L]] == "}") {
      take()
      return(fields)
    }
    repeat {
      name <- unquoted(take())
      expect(":")
      of <- value()
      fields[name] <- list(of)
      if (take() == "}") return(fields)
    }
  }
  array <- function() {
    items <- list()
    if (tokens[[at + 1L]] == "]") {
      take()
      return(items)
    }
    repeat {
      of <- value()
      items[length(items) + 1L] <- list(of)
      if (take() == "]") return(items)
    }
  }
  result <- value()
  if (at != length(tokens)) stop("JSON goes on after its end")
  result
}

# A JSON string without its quotes and escapes.
unquoted <- function(token) {
  inner <- substr(token, 2, nchar(token) - 1)
  if (!grepl("\\", inner, fixed = TRUE)) {
    return(inner)
  }
  parts <- regmatches(inner, gregexpr("(?:\\\\u[0-9a-fA-F]{4})+|\\\\.|[^\\\\]+", inner, perl = TRUE))[[1]]
  plain <- c("\\n" = "\n", "\\t" = "\t", "\\r" = "\r", "\\b" = "\b", "\\f" = "\f")
  paste(vapply(parts, function(part) {
    if (startsWith(part, "\\u")) {
      units <- strtoi(substring(part, seq(3, nchar(part), 6), seq(6, nchar(part), 6)), 16L)
      code_points(units)
    } else if (part %in% names(plain)) {
      plain[[part]]
    } else if (startsWith(part, "\\")) {
      substr(part, 2, 2)
    } else {
      part
    }
  }, ""), collapse = "")
}

# UTF-16 as text: two units may be one sign.
code_points <- function(units) {
  points <- integer()
  k <- 1L
  while (k <= length(units)) {
    unit <- units[[k]]
    if (unit >= 0xD800 && unit <= 0xDBFF && k < length(units)) {
      unit <- 0x10000 + (unit - 0xD800) * 0x400 + (units[[k + 1L]] - 0xDC00)
      k <- k + 1L
    }
    points <- c(points, unit)
    k <- k + 1L
  }
  intToUtf8(points)
}

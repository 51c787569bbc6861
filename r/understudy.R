# Reads releases of Understudy into data frames, with intervals that include the noise.
#
#   source("understudy.R")
#   release <- us_release("release")
#   us_estimate(release, list(kind = "proportion", outcome = "died", by = "sex"))
#   us_combine(us_copies(release, 20), function(data) coef(lm(cost ~ age, data)))
#
# Needs the package jsonlite (r-cran-jsonlite in Debian) and the program `understudy`: on the PATH, or named
# in UNDERSTUDY_BINARY. None of this costs privacy: everything is read from the release alone.

# The path of the program.
us_program <- function() {
  named <- Sys.getenv("UNDERSTUDY_BINARY")
  found <- if (nzchar(named)) named else unname(Sys.which("understudy"))
  if (!nzchar(found) || file.access(found, 1) != 0) {
    us_stop("The program understudy was not found.", id = "program.missing", code = 1,
            remedy = "Put it on the PATH, or name it in UNDERSTUDY_BINARY.")
  }
  found
}

# An error with the fields code, id, message and remedy, to be caught by tryCatch(understudy_error = ...).
us_stop <- function(message, id, code, remedy = "") {
  text <- if (nzchar(remedy)) paste(message, remedy, sep = "\n") else message
  stop(structure(class = c("understudy_error", "error", "condition"),
                 list(message = text, call = NULL, id = id, code = code, remedy = remedy)))
}

# Runs a command and returns its JSON answer. Exit codes other than `accept` are errors.
us_run <- function(arguments, accept = 0L) {
  output <- tempfile("understudy-", fileext = ".json")
  on.exit(unlink(output))
  status <- system2(us_program(), shQuote(c(arguments, "--json", "--quiet")),
                    stdout = output, stderr = FALSE)
  text <- readLines(output, warn = FALSE, encoding = "UTF-8")
  answer <- if (length(text)) jsonlite::fromJSON(text, simplifyVector = FALSE) else list()
  fault <- answer$error
  if (!is.null(fault)) {
    us_stop(fault$message, fault$id, fault$code, if (is.null(fault$remedy)) "" else fault$remedy)
  }
  if (!status %in% accept) {
    us_stop(sprintf("The program ended with status %d.", status), "internal.unexpected", status)
  }
  answer
}

# Opens a release folder: a list with `data`, `manifest`, `epsilon`, `delta`, `hazards` and `unlearned`.
us_release <- function(folder) {
  place <- file.path(folder, "manifest.json")
  if (!file.exists(place)) {
    us_stop(paste0(folder, " is not a release: it has no manifest.json."), "release.none", 1,
            "Name the folder that was handed over, whole.")
  }
  manifest <- jsonlite::fromJSON(place, simplifyVector = FALSE)
  types <- vapply(manifest$columns, function(column) column$type, "")
  names(types) <- vapply(manifest$columns, function(column) column$name, "")
  release <- list(
    folder = normalizePath(folder), manifest = manifest, types = types,
    epsilon = manifest$guarantee$epsilon, delta = manifest$guarantee$delta,
    hazards = unlist(manifest$hazards), unlearned = unlist(manifest$unlearned))
  release$data <- us_read(file.path(folder, "synthetic.csv"), types)
  structure(release, class = "us_release")
}

print.us_release <- function(x, ...) {
  cat(sprintf("A release of %d rows and %d columns at epsilon %s, delta %s\n",
              nrow(x$data), ncol(x$data), format(x$epsilon), format(x$delta)))
  if (length(x$hazards)) cat("Hazards:", paste(x$hazards, collapse = ", "), "\n")
  if (length(x$unlearned)) cat("Not learned:", paste(x$unlearned, collapse = ", "), "\n")
  invisible(x)
}

# Reads a table of the program: whole numbers, numbers, factors; dates and times stay texts, as written.
us_read <- function(file, types = character()) {
  data <- utils::read.csv(file, colClasses = "character", na.strings = "", check.names = FALSE,
                          encoding = "UTF-8", blank.lines.skip = FALSE)
  for (name in intersect(names(data), names(types))) {
    cells <- data[[name]]
    numbers <- suppressWarnings(as.numeric(cells))
    # Columns with words among the numbers stay texts.
    if (types[[name]] %in% c("integer", "decimal", "scientific") && !any(is.na(numbers) & !is.na(cells))) {
      whole <- types[[name]] == "integer" && all(abs(numbers) < 2^31, na.rm = TRUE)
      data[[name]] <- if (whole) as.integer(numbers) else numbers
    } else if (types[[name]] %in% c("category", "boolean")) {
      data[[name]] <- factor(cells)
    }
  }
  data
}

# A conclusion from the release alone: a data frame of numbers with their intervals. Where a number is not
# known its estimate is NA and `remark` says why. The attributes `basis`, `note` and `tests` say more.
# `analysis` is a file, or a list of its keys.
us_estimate <- function(release, analysis) {
  if (is.list(analysis)) {
    # A path in an analysis starts at its file, which is a temporary one here.
    if (!is.null(analysis$model)) analysis$model <- normalizePath(analysis$model)
    file <- tempfile("analysis-", fileext = ".json")
    on.exit(unlink(file))
    writeLines(jsonlite::toJSON(analysis, auto_unbox = TRUE, digits = NA), file)
    analysis <- file
  }
  answer <- us_run(c("estimate", release$folder, "--analysis", analysis))
  numbers <- answer$findings$numbers
  value <- function(key, missing) {
    vapply(numbers, function(n) if (is.null(n[[key]])) missing else as(n[[key]], class(missing)), missing)
  }
  structure(
    data.frame(name = value("name", ""), estimate = value("estimate", NA_real_),
               low = value("low", NA_real_), high = value("high", NA_real_),
               standard_error = value("standardError", NA_real_),
               noise_share = value("noiseShare", NA_real_), remark = value("remark", NA_character_)),
    basis = answer$basis, note = answer$note, measure = answer$findings$measure,
    tests = answer$findings$tests)
}

# Draws `number` tables of the release's size, each from a model that might have been learned instead.
us_copies <- function(release, number = 20) {
  folder <- tempfile("copies-")
  on.exit(unlink(folder, recursive = TRUE))
  us_run(c("sample", release$folder, "--copies", number, "-o", folder))
  lapply(sort(list.files(folder, full.names = TRUE)), us_read, types = release$types)
}

# Draws more rows: us_sample(release, 1000, c("sex=F", "age=60..69")). They are not more knowledge.
us_sample <- function(release, rows, where = character()) {
  file <- tempfile("sample-", fileext = ".csv")
  on.exit(unlink(file))
  conditions <- if (length(where)) paste0("--where=", where)
  us_run(c("sample", release$folder, "--rows", format(rows, scientific = FALSE), conditions, "-o", file))
  us_read(file, release$types)
}

# Analyses each copy alone and combines: the estimate is the mean, and its variance is the spread between
# copies times 1 + 1/m. The spread holds the sampling error already: do not add that of each copy.
# `analyse` takes a data frame and returns numbers, with the same names for every copy.
us_combine <- function(copies, analyse, level = 0.95) {
  m <- length(copies)
  if (m < 2) stop("One copy has no spread: draw at least two, better 20.")
  results <- lapply(copies, analyse)
  terms <- names(results[[1]])
  if (is.null(terms)) terms <- as.character(seq_along(results[[1]]))
  same <- vapply(results, function(r) length(r) == length(terms) &&
                   (is.null(names(r)) || identical(names(r), terms)), NA)
  if (!all(same)) {
    stop("The copies gave different terms, as when a rare label is missing in one: ",
         "set the levels of factors before the analysis.")
  }
  values <- matrix(unlist(results), nrow = length(terms))
  estimate <- rowMeans(values)
  error <- sqrt(apply(values, 1, stats::var) * (1 + 1 / m))
  reach <- stats::qt(1 - (1 - level) / 2, m - 1) * error
  data.frame(term = terms, estimate = estimate, low = estimate - reach, high = estimate + reach,
             standard_error = error)
}

# Whether the release is what its owner signed. The attribute `failures` says what is not.
us_verify <- function(release, trusted_key = NULL) {
  key <- if (!is.null(trusted_key)) paste0("--trusted-key=", trusted_key)
  answer <- us_run(c("verify", release$folder, key), accept = c(0L, 3L))
  structure(answer$verdict == "pass", failures = unlist(answer$failures))
}

# Tests understudy.R against the real program: make test-r.
source(file.path(Sys.getenv("UNDERSTUDY_R"), "understudy.R"))

check <- function(what, holds) {
  if (!isTRUE(holds)) stop("This does not hold: ", what, call. = FALSE)
  cat("ok  ", what, "\n")
}
fault <- function(expression) tryCatch({ expression; NULL }, error = function(error) error)

folder <- tempfile("understudy-r-")
dir.create(folder)
setwd(folder)
Sys.setenv(UNDERSTUDY_LEDGER = file.path(folder, "ledger.sqlite"))
made <- us_run(c("example", "hospital", "--rows", "3000", "-o", "patients.csv"))
made <- us_run(c("synthesize", "patients.csv", "--schema", "patients.schema.yaml", "--epsilon", "3", "-o", "release"))

release <- us_release("release")
check("a release has its rows and its promise", release$epsilon == 3 && release$delta == 1e-9 &&
  nrow(release$data) == release$manifest$rows)
check("columns have their types", is.integer(release$data$age) && is.numeric(release$data$bmi) &&
  is.factor(release$data$sex) && is.character(release$data$admitted))
check("missing cells are NA", anyNA(release$data$bmi) && !any(release$data$smoker == "", na.rm = TRUE))
check("it prints what it is", any(grepl("epsilon 3", capture.output(print(release)))))
check("it is verified", us_verify(release))

count <- us_estimate(release, list(kind = "count", by = "sex"))
check("an estimate has an interval", all(count$low < count$estimate & count$estimate < count$high))
check("it says what it rests on", attr(count, "basis") == "measured" && all(is.na(count$remark)))
writeLines(c("kind: count", "by: sex"), "count.yaml")
check("a file says the same", identical(us_estimate(release, "count.yaml"), count))
unknown <- us_estimate(release, list(kind = "linear", outcome = "copayment", terms = list("age", "bmi", "sex")))
check("what is not known says why", all(is.na(unknown$estimate)) && all(nzchar(unknown$remark)))

some <- us_sample(release, 100, c("sex=F", "age=60..69"))
check("rows are drawn under conditions", nrow(some) == 100 && all(some$sex == "F") &&
  all(some$age >= 60 & some$age <= 69))

copies <- us_copies(release, 5)
check("copies differ", length(copies) == 5 && !identical(copies[[1]], copies[[2]]))
means <- us_combine(copies, function(data) c(age = mean(data$age, na.rm = TRUE)))
each <- vapply(copies, function(data) mean(data$age, na.rm = TRUE), 0)
error <- sqrt(var(each) * 6 / 5)
check("copies are combined by the rule", all.equal(
  unlist(means[c("estimate", "low", "high")], use.names = FALSE),
  c(mean(each), mean(each) - qt(.975, 4) * error, mean(each) + qt(.975, 4) * error)))
known <- us_combine(list(1, 2, 3, 4), function(x) c(a = x))
check("the rule gives a known answer", abs(known$estimate - 2.5) < 1e-12 &&
  abs(known$standard_error - sqrt(5 / 3 * 1.25)) < 1e-12 && abs(known$high - 2.5 - 3.182446 * sqrt(5 / 3 * 1.25)) < 1e-5)
check("one copy is refused", grepl("no spread", conditionMessage(fault(us_combine(list(1), identity)))))
check("different terms are refused", grepl("different terms", conditionMessage(
  fault(us_combine(list(c(a = 1), c(b = 1)), identity)))))

error <- fault(us_estimate(release, list(kind = "count", by = "no such column")))
check("errors have id, code and remedy", inherits(error, "understudy_error") &&
  error$id == "analysis.unknown-column" && error$code == 1 && nzchar(error$remedy))
check("what is no release is named", fault(us_release(tempdir()))$id == "release.none")
write("x", file.path(release$folder, "synthetic.csv"), append = TRUE)
spoilt <- us_verify(release)
check("a changed release is not verified", !spoilt && any(grepl("synthetic.csv", attr(spoilt, "failures"))))
setwd("/")
unlink(folder, recursive = TRUE)

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
# The blocks of the guide for researchers, with what its commands leave behind.
guide <- readLines(Sys.getenv("UNDERSTUDY_GUIDE"), encoding = "UTF-8")
fences <- grep("^```", guide)
blocks <- lapply(seq(1, length(fences), 2), function(at)
  list(language = sub("```", "", guide[fences[at]]), text = guide[seq(fences[at] + 1, fences[at + 1] - 1)]))
of <- function(language) Filter(function(block) block$language == language, blocks)
set.seed(4)
people <- data.frame(age = sample(20:95, 4000, TRUE), sex = sample(c("female", "male"), 4000, TRUE))
people$num.co <- sample(0:6, 4000, TRUE)
people$hospdead <- as.integer(runif(4000) < 0.1 + people$age / 400 + people$num.co / 30)
people$totcst <- round(2000 + 90 * people$age + 4000 * people$num.co + 3000 * runif(4000))
write.csv(people, "patients.csv", row.names = FALSE, quote = FALSE)
unlink("release", recursive = TRUE)
writeLines(of("yaml")[[1]]$text, "died.yaml")
made <- us_run(c("synthesize", "patients.csv", "--epsilon", "3", "-o", "release"))
made <- us_run(c("budget", "grant", "patients.csv", "--epsilon", "1", "--delta", "1e-7"))
shell <- unlist(lapply(of(""), function(block) grep("^understudy ", block$text, value = TRUE)))
check("the guide has commands and blocks of R", length(shell) >= 6 && length(of("r")) >= 3)
for (command in shell) {
  plain <- paste("PATH=", shQuote(dirname(us_program())), ":$PATH; ", command, sep = "")
  check(command, system(if (grepl(">", command)) plain else paste(plain, ">output"), ignore.stderr = TRUE) == 0)
}
# The last block reads the answer about a model.
values <- list()
for (block in of("r")) {
  if (any(grepl("area under the curve", block$text))) {
    unlink("answer", recursive = TRUE)
    writeLines(of("yaml")[[2]]$text, "model.yaml")
    made <- us_run(c("budget", "grant", "patients.csv", "--epsilon", "3", "--delta", "1e-6"))
    made <- us_run(c("train", "patients.csv", "--target", "hospdead", "--epsilon", "1", "-o", "model"))
    made <- us_run(c("ask", "patients.csv", "--analysis", "model.yaml", "--release", "release", "--epsilon", "0.3", "-o", "answer"))
  }
  values <- c(values, list(eval(parse(text = block$text), globalenv())))
}
check("each block of R gives numbers", length(values) >= 3 && all(vapply(values, NROW, 0L) > 0))

setwd("/")
unlink(folder, recursive = TRUE)

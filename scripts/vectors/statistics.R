# Small files of statistics programs, as R's haven writes them: every version, types with missing cells.
# Rscript scripts/vectors/statistics.R FOLDER
suppressMessages(library(haven))
folder <- commandArgs(TRUE)[1]
at <- function(...) file.path(folder, paste0(...))
t <- data.frame(
  num = c(1.5, NA, -0.25, 12345678), whole = c(1L, NA, -3L, 2147483620L),
  txt = c("\u00dcnd", "", "a b", "'q\""), stringsAsFactors = FALSE)
t$day <- as.Date(c("2020-02-29", NA, "1969-12-31", "1960-01-01"))
t$time <- as.POSIXct(c("2020-02-29 13:45:10", NA, "1969-12-31 23:59:59", "2000-01-01 00:00:00"), tz = "UTC")
t$clock <- hms::as_hms(c(3661, NA, 0, 86399))
t$sex <- labelled(c(1, 2, NA, 1), c(male = 1, female = 2), label = "Sex of the person")
t$part <- labelled(c(1, 7, NA, 3), c(one = 1))
write_sav(t, at("none.sav"), compress = "none")
write_sav(t, at("byte.sav"), compress = "byte")
write_sav(t, at("zsav.zsav"), compress = "zsav")
s <- t
s$user <- labelled_spss(c(1, 99, 98, NA), c(one = 1, refused = 99), na_values = c(98, 99), label = "With missing values of its own")
s$range <- labelled_spss(c(1, 97, 120, 5), c(one = 1), na_range = c(90, Inf))
s$words <- labelled_spss(c("a", "x", "b", "a"), c(First = "a"), na_values = "x")
write_sav(s, at("user.sav"))
d <- t
d$sex <- labelled(c(1L, 2L, NA, 1L), c(male = 1L, female = 2L), label = "Sex of the person")
d$part <- labelled(c(1L, 7L, NA, 3L), c(one = 1L))
plain <- d
plain$txt[1] <- "Und"
# Reasons to be missing came with version 8 of Stata.
d$tag <- c(1, tagged_na("a"), NA, tagged_na("z"))
for (v in 8:15) write_dta(if (v < 14) within(d, txt[1] <- "Und") else d, at("v", v, ".dta"), version = v)
x <- t[, c("num", "whole", "txt", "day", "time", "clock")]
x$tag <- c(1, tagged_na("A"), NA, tagged_na("Z"))
for (v in c(5, 8)) write_xpt(x, at("v", v, ".xpt"), version = v)
# R's own writer of Stata files
foreign::write.dta(
  data.frame(num = t$num, whole = t$whole, txt = c("Und", NA, "a b", "'q\""), day = t$day,
    sex = factor(c("male", "female", NA, "male"))), at("foreign.dta"))
write_sas_quietly <- function(...) suppressWarnings(write_sas(...))
write_sas_quietly(t[, c("num", "whole", "txt", "day", "time", "clock")], at("readstat.sas7bdat"))

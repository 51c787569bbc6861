"""``python -m understudy`` is the program itself."""

from ._program import main

main()

"""`python -m ropescope` is the command `ropescope`."""

from ._program import main

main()

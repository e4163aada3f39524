"""The program's version, below everything that writes it down."""

VERSION = "0.1.0"

"""The project package: the roof that wires the rooms together, and the ground they stand on."""

__version__ = "0.1.0"

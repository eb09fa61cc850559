"""The commands by group, and what they print.

Takes arguments as typer parsed them; gives lines on the terminal and exit codes. May import all of monitor but cli.
"""
